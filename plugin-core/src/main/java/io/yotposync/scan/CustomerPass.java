package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.Origin;
import io.yotposync.scan.Pages.Page;
import io.yotposync.scan.ScanSettings.Leaving;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Goes through the host's customers, a batch at a time. */
final class CustomerPass {

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final Judge judge;
    private final Farewell farewell;
    private final Pages pages;

    CustomerPass(ScanPorts ports, ScanSettings settings, Judge judge, Farewell farewell) {
        this.ports = ports;
        this.settings = settings;
        this.judge = judge;
        this.farewell = farewell;
        pages = new Pages(ports.source(), settings.batch(), ports.clock());
    }

    /** Called every now and then, whether there is something to do or not. */
    void rest(Instant now) {
        pages.dropOld(now);
    }

    /** @param unknownSince customers that no row tells of are left out if they are older; {@link Instant#EPOCH} for none */
    Step step(ScanState state, StoreSettings store, ConsentRule consent, Instant unknownSince) {
        Page page = pages.read(state);
        Batch batch = new Batch();
        List<String> ids = page.ids();
        if (ids.isEmpty()) {
            return batch.step(state.lastId(), true);
        }
        Instant readAt = page.readAt();
        List<CustomerSnapshot> customers = page.customers();
        Map<CustomerKey, LedgerMark> marks = ports.outbox().marks(keys(customers));
        for (CustomerSnapshot customer : customers) {
            batch.count(Tally.SCANNED);
            if (!belongs(customer, store, marks)) {
                batch.count(Tally.OTHER_STORE);
                continue;
            }
            LedgerMark mark = marks.get(new CustomerKey(store.key(), customer.id()));
            batch.known(mark);
            if (mark == null && isOlder(customer, unknownSince)) {
                batch.count(Tally.NOT_BACKFILLED);
                continue;
            }
            add(batch, customer, store, mark, judge.judge(customer, store, mark, readAt, consent), readAt);
        }
        return batch.step(ids.get(ids.size() - 1), ids.size() < settings.batch());
    }

    private List<CustomerKey> keys(List<CustomerSnapshot> customers) {
        List<CustomerKey> keys = new ArrayList<>();
        for (StoreSettings store : ports.stores().all()) {
            customers.forEach(customer -> keys.add(new CustomerKey(store.key(), customer.id())));
        }
        return keys;
    }

    private void add(
            Batch batch,
            CustomerSnapshot customer,
            StoreSettings store,
            @Nullable LedgerMark mark,
            Verdict verdict,
            Instant now) {
        if (verdict instanceof Verdict.Send send) {
            batch.add(send, mark);
        } else if (verdict instanceof Verdict.Unchanged unchanged) {
            batch.count(unchanged.heldBack() ? Tally.CONSENT_HELD_BACK : Tally.UNCHANGED);
        } else if (verdict instanceof Verdict.Skip skip) {
            batch.skipped(skip.reason());
        } else if (verdict instanceof Verdict.Overtaken) {
            batch.count(Tally.OVERTAKEN);
        } else if (mark != null) {
            left(batch, new CustomerKey(store.key(), customer.id()), store, mark, now);
        }
    }

    private void left(Batch batch, CustomerKey key, StoreSettings store, LedgerMark mark, Instant now) {
        batch.count(Tally.GONE);
        if (settings.leavers() == Leaving.DISABLE) {
            farewell.to(key, store, mark, Origin.SCAN, now)
                    .filter(state -> !state.fingerprint().equals(mark.desired()))
                    .ifPresent(state -> {
                        batch.enqueue(state);
                        batch.count(Tally.DISABLED);
                        batch.example(key.customerId(), "nothing is left that identifies a person");
                    });
        }
    }

    /**
     * A scan has no request that would name the site. Where the customer does not name it either, the ledger tells to
     * which stores live saves went; the default store is for those that are new.
     */
    static boolean belongs(
            CustomerSnapshot customer, StoreSettings store, Map<CustomerKey, LedgerMark> marks, Stores stores) {
        if (customer.sites().isEmpty() && stores.all().size() > 1) {
            Set<StoreSettings> known = stores.all().stream()
                    .filter(each -> marks.containsKey(new CustomerKey(each.key(), customer.id())))
                    .filter(each -> !each.site().equals(StoreSettings.EVERY_SITE))
                    .collect(Collectors.toSet());
            if (!known.isEmpty()) {
                return known.contains(store) || store.site().equals(StoreSettings.EVERY_SITE);
            }
        }
        return stores.of(customer).contains(store);
    }

    private boolean belongs(CustomerSnapshot customer, StoreSettings store, Map<CustomerKey, LedgerMark> marks) {
        return belongs(customer, store, marks, ports.stores());
    }

    private static boolean isOlder(CustomerSnapshot customer, Instant since) {
        Instant changed = customer.updatedAt() == null ? customer.createdAt() : customer.updatedAt();
        return since.isAfter(Instant.EPOCH) && (changed == null || changed.isBefore(since));
    }
}
