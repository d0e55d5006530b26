package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of some customers in all stores, and so whose they are. */
final class KnownCustomers {

    private final Stores stores;
    private final Map<CustomerKey, LedgerMark> marks;

    private KnownCustomers(Stores stores, Map<CustomerKey, LedgerMark> marks) {
        this.stores = stores;
        this.marks = marks;
    }

    /** Does I/O, once for all of them; throws what the outbox throws. */
    static KnownCustomers of(ScanPorts ports, Collection<CustomerSnapshot> customers) {
        List<CustomerKey> keys = new ArrayList<>();
        for (StoreSettings store : ports.stores().all()) {
            customers.forEach(customer -> keys.add(new CustomerKey(store.key(), customer.id())));
        }
        return new KnownCustomers(ports.stores(), ports.outbox().marks(keys));
    }

    @Nullable
    LedgerMark mark(CustomerSnapshot customer, StoreSettings store) {
        return marks.get(new CustomerKey(store.key(), customer.id()));
    }

    /**
     * Whether a store takes a customer of whom no request tells the site. Where the customer does not name it either, the
     * ledger tells to which stores live saves went; the default store is for those that are new.
     */
    boolean belongs(CustomerSnapshot customer, StoreSettings store) {
        if (customer.sites().isEmpty() && stores.all().size() > 1) {
            List<StoreSettings> known = stores.all().stream()
                    .filter(each -> !isOfEverySite(each) && mark(customer, each) != null)
                    .toList();
            if (!known.isEmpty()) {
                return known.contains(store) || isOfEverySite(store);
            }
        }
        return stores.of(customer).contains(store);
    }

    /** Why one that does not belong is not taken. */
    Prepared elsewhere(CustomerSnapshot customer) {
        boolean nobodys = stores.of(customer).isEmpty();
        return new Prepared.Skipped(nobodys ? SkipReason.NO_STORE : SkipReason.OTHER_STORE);
    }

    private static boolean isOfEverySite(StoreSettings store) {
        return store.site().equals(StoreSettings.EVERY_SITE);
    }
}
