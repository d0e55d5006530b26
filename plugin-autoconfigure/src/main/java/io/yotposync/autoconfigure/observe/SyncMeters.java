package io.yotposync.autoconfigure.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.yotposync.dispatch.LaneStatus;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.LiveLanes;
import io.yotposync.operator.Scans;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * How things stand, mostly as gauges. Being read never blocks: what is not known at the moment is not a number. They are
 * taken away with the context, for a registry may outlive it and would keep all of it in memory.
 */
final class SyncMeters implements MeterBinder, DisposableBean {

    private final Stores stores;
    private final Supplier<Sources> sources;
    private final Queue<Runnable> removals = new ConcurrentLinkedQueue<>();

    /** What is read. */
    record Sources(
            StoreSwitch stores, Backlog backlog, HandOver handOver, LiveLanes lanes, CatchUp catchUp, Clock clock) {}

    /** @param sources asked when a gauge is read, for some hosts bind their meters before all else is there */
    SyncMeters(Stores stores, Supplier<Sources> sources) {
        this.stores = stores;
        this.sources = sources;
    }

    private Sources now() {
        return sources.get();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Set<Meter> others = Set.copyOf(registry.getMeters()); // another context's, if two share a registry
        register(registry);
        registry.getMeters().stream()
                .filter(meter -> isOurs(meter) && !others.contains(meter))
                .forEach(meter -> removals.add(() -> registry.remove(meter)));
    }

    private static boolean isOurs(Meter meter) {
        return (meter instanceof Gauge || meter instanceof FunctionCounter)
                && meter.getId().getName().startsWith(MeteringListener.PREFIX);
    }

    private void register(MeterRegistry registry) {
        handOver(registry);
        for (StoreSettings store : stores.all()) {
            StoreKey key = store.key();
            Tags tags = Tags.of("store", key.value());
            customers(registry, key, tags);
            states(registry, store, tags);
            lane(registry, key, tags);
            backfill(registry, key, tags);
        }
    }

    @Override
    public void destroy() {
        for (Runnable removal = removals.poll(); removal != null; removal = removals.poll()) {
            removal.run();
        }
    }

    private void handOver(MeterRegistry registry) {
        gauge(
                registry,
                "handover.waiting",
                "Customers taken and not yet written to the outbox",
                Tags.empty(),
                () -> now().handOver().state().waiting());
        gauge(
                registry,
                "handover.capacity",
                "How many customers may wait so",
                Tags.empty(),
                () -> now().handOver().state().capacity());
        seconds(registry, "handover.failing", "For how long every write to the outbox has failed", Tags.empty(), () -> {
            Instant since = now().handOver().state().failingSince();
            return since == null
                    ? Duration.ZERO
                    : Duration.between(since, now().clock().instant());
        });
    }

    private void customers(MeterRegistry registry, StoreKey store, Tags tags) {
        String text = "Customers by where they stand in the ledger";
        counted(registry, text, store, tags.and("status", "pending"), LedgerCounts::pending);
        counted(registry, text, store, tags.and("status", "in_sync"), LedgerCounts::inSync);
        counted(registry, text, store, tags.and("status", "parked"), LedgerCounts::parked);
        seconds(registry, "oldest.pending", "For how long the longest pending customer has been so", tags, () -> {
            LedgerCounts counts = now().backlog().lastKnown(store);
            if (counts == null) {
                return null;
            }
            Instant oldest = counts.oldestPending();
            return oldest == null
                    ? Duration.ZERO
                    : Duration.between(oldest, now().clock().instant());
        });
    }

    private void counted(
            MeterRegistry registry, String text, StoreKey store, Tags tags, ToDoubleFunction<LedgerCounts> count) {
        gauge(registry, "customers", text, tags, () -> {
            LedgerCounts counts = now().backlog().lastKnown(store);
            return counts == null ? null : count.applyAsDouble(counts);
        });
    }

    private void states(MeterRegistry registry, StoreSettings store, Tags tags) {
        StoreKey key = store.key();
        gauge(
                registry,
                "store.enabled",
                "Whether the store takes customers",
                tags,
                () -> flag(now().stores().isEnabled(store)));
        gauge(
                registry,
                "store.paused",
                "Whether customers are accepted but not sent",
                tags,
                () -> flag(now().stores().state(key).paused()));
        gauge(
                registry,
                "store.held",
                "Whether nothing is sent until an operator acts",
                tags,
                () -> flag(now().stores().state(key).held() != null));
    }

    private void lane(MeterRegistry registry, StoreKey store, Tags tags) {
        FunctionCounter.builder(MeteringListener.PREFIX + "requests", this, meters -> meters.requests(store))
                .description("Requests made, for tokens and read-back too")
                .tags(tags)
                .register(registry);
        gauge(registry, "rate", "Requests a second allowed at the moment", tags, lane(store, LaneStatus::rate));
        gauge(
                registry,
                "rate.permitted",
                "Requests a second as configured",
                tags,
                lane(store, LaneStatus::permittedRate));
        gauge(registry, "in.flight", "Customers being sent", tags, lane(store, LaneStatus::inFlight));
        gauge(
                registry,
                "breaker.open",
                "Whether the store is left alone because it does not answer",
                tags,
                lane(store, view -> view.breaker() == LaneStatus.Breaker.OPEN ? 1 : 0));
        seconds(registry, "token.age", "Age of the access token", tags, () -> {
            LaneStatus view = now().lanes().of(store);
            return view == null ? null : view.tokenAge();
        });
    }

    private double requests(StoreKey store) {
        LaneStatus view = now().lanes().of(store);
        return view == null ? 0 : view.requests();
    }

    private Supplier<@Nullable Number> lane(StoreKey store, ToDoubleFunction<LaneStatus> part) {
        return () -> {
            LaneStatus view = now().lanes().of(store);
            return view == null ? null : part.applyAsDouble(view);
        };
    }

    private void backfill(MeterRegistry registry, StoreKey store, Tags tags) {
        gauge(registry, "backfill.done", "Customers that the last backfill looked at", tags, () -> {
            Scans.Progress progress = now().catchUp().lastKnown(store).backfill();
            return progress == null ? null : progress.done();
        });
        gauge(
                registry,
                "scans.asking",
                "Scans that stopped and wait for an operator's word",
                tags,
                () -> now().catchUp().lastKnown(store).questions().size());
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static void gauge(
            MeterRegistry registry, String name, String text, Tags tags, Supplier<@Nullable Number> value) {
        builder(name, text, tags, value).register(registry);
    }

    private static void seconds(
            MeterRegistry registry, String name, String text, Tags tags, Supplier<@Nullable Duration> value) {
        builder(name, text, tags, () -> {
                    Duration duration = value.get();
                    return duration == null ? null : Math.max(0, duration.toMillis() / 1000.0);
                })
                .baseUnit("seconds")
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> builder(
            String name, String text, Tags tags, Supplier<@Nullable Number> value) {
        Supplier<Number> known = () -> {
            Number number = value.get();
            return number == null ? Double.NaN : number;
        };
        return Gauge.builder(MeteringListener.PREFIX + name, known)
                .description(text)
                .tags(tags);
    }
}
