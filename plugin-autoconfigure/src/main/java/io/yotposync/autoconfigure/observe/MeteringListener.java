package io.yotposync.autoconfigure.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what happens, by store, reason and class alone. */
final class MeteringListener implements SyncListener {

    static final String PREFIX = "yotpo.sync.";

    private static final String ACCEPTED = "Saves handed over to the outbox";
    private static final String SUPPRESSED = "Saves that changed nothing";
    private static final String SKIPPED = "Saves that are not sent at all";
    private static final String DROPPED = "Saves left to the catch-up";
    private static final String WAITS = "How often Yotpo asked a store to slow down";
    private static final String OUTAGES = "How often a store stopped answering";

    private final MeterRegistry registry;
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private final Map<StoreKey, Timer> timers = new ConcurrentHashMap<>();

    /** @param stores whose counters begin at 0, so that the first one counted shows as an increase */
    MeteringListener(MeterRegistry registry, Stores stores) {
        this.registry = registry;
        for (StoreSettings store : stores.all()) {
            counter("accepted", ACCEPTED, store.key());
            counter("suppressed", SUPPRESSED, store.key());
            counter("dropped", DROPPED, store.key());
            counter("waits", WAITS, store.key());
            counter("outages", OUTAGES, store.key());
            counter("skipped", SKIPPED, store.key(), "reason", name(SkipReason.FAILED));
        }
    }

    private void count(String name, String text, @Nullable StoreKey store, String... moreTags) {
        counter(name, text, store, moreTags).increment();
    }

    private Counter counter(String name, String text, @Nullable StoreKey store, String... moreTags) {
        List<String> key = List.of(name, store == null ? "none" : store.value(), String.join(",", moreTags));
        Counter known = counters.get(key);
        if (known == null) {
            known = Counter.builder(PREFIX + name)
                    .description(text)
                    .tag("store", key.get(1))
                    .tags(moreTags)
                    .register(registry);
            counters.put(key, known);
        }
        return known;
    }

    private void outcome(CustomerKey customer, String outcome, String kind) {
        count("outcomes", "How sends ended", customer.store(), "outcome", outcome, "class", kind);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        count("skipped", SKIPPED, store, "reason", name(reason));
    }

    @Override
    public void suppressed(CustomerKey customer) {
        count("suppressed", SUPPRESSED, customer.store());
    }

    @Override
    public void accepted(CustomerKey customer) {
        count("accepted", ACCEPTED, customer.store());
    }

    @Override
    public void dropped(CustomerKey customer) {
        count("dropped", DROPPED, customer.store());
    }

    @Override
    public void delivered(CustomerKey customer, Duration took) {
        outcome(customer, "delivered", "none");
        timers.computeIfAbsent(
                        customer.store(),
                        store -> Timer.builder(PREFIX + "delivery")
                                .description("From sending to Yotpo's acknowledgement")
                                .tag("store", store.value())
                                .register(registry))
                .record(took);
    }

    @Override
    public void superseded(CustomerKey customer) {
        outcome(customer, "superseded", "none");
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        outcome(customer, "retried", name(failure.kind()));
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        outcome(customer, "parked", name(failure.kind()));
    }

    @Override
    public void waiting(StoreKey store, Failure failure, Instant until) {
        count("waits", WAITS, store);
    }

    @Override
    public void outage(StoreKey store) {
        count("outages", OUTAGES, store);
    }
}
