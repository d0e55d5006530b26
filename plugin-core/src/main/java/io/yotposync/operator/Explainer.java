package io.yotposync.operator;

import io.yotposync.Prepared;
import io.yotposync.operator.LastHeard.Heard;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers why a customer is, or is not, in Yotpo. May do I/O, and throws what the outbox throws. Thread-safe. */
public final class Explainer {

    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

    private final StoreSwitch stores;
    private final Outbox outbox;
    private final LastHeard heard;
    private final LiveLanes lanes;
    private final CustomerCheck check;
    private final Clock clock;

    public Explainer(
            StoreSwitch stores, Outbox outbox, LastHeard heard, LiveLanes lanes, CustomerCheck check, Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.heard = heard;
        this.lanes = lanes;
        this.check = check;
        this.clock = clock;
    }

    /** For every configured store. */
    public List<Explanation> explain(String customerId) {
        return stores.stores().all().stream()
                .map(store -> explain(new CustomerKey(store.key(), customerId)))
                .toList();
    }

    /** @throws IllegalArgumentException if there is no such store */
    public Explanation explain(CustomerKey customer) {
        StoreSettings store = stores.stores().get(customer.store());
        Facts facts = new Facts(
                customer,
                store,
                stores.state(customer.store()),
                stores.isEnabled(store),
                heardOf(customer),
                outbox.find(customer).orElse(null),
                lanes.of(customer.store()),
                check(customer),
                clock.instant());
        Finding finding = Finding.of(facts);
        return new Explanation(
                customer.customerId(),
                customer.store().value(),
                finding.verdict(),
                finding.because(),
                finding.nextTry(),
                Steps.of(facts));
    }

    private @Nullable Heard heardOf(CustomerKey customer) {
        Heard here = heard.of(customer);
        Heard nowhere = heard.withoutStore(customer.customerId());
        if (here == null || nowhere == null) {
            return here == null ? nowhere : here;
        }
        return here.at().isBefore(nowhere.at()) ? nowhere : here;
    }

    private @Nullable Prepared check(CustomerKey customer) {
        try {
            return check.of(customer);
        } catch (RuntimeException | LinkageError fault) {
            LOG.debug(
                    "Yotpo sync: {} could not be read: {}",
                    customer,
                    fault.getClass().getName());
            return null;
        }
    }
}
