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
import java.util.function.BooleanSupplier;
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
        handOver(new Gauges(registry, Tags.empty()));
        for (StoreSettings store : stores.all()) {
            StoreKey key = store.key();
            Gauges gauges = new Gauges(registry, Tags.of("store", key.value()));
            customers(gauges, key);
            states(gauges, store);
            lane(gauges, key);
            scans(gauges, key);
        }
    }

    @Override
    public void destroy() {
        for (Runnable removal = removals.poll(); removal != null; removal = removals.poll()) {
            removal.run();
        }
    }

    private void handOver(Gauges gauges) {
        gauges.number(
                "handover.waiting",
                "Customers taken and not yet written to the outbox",
                () -> now().handOver().state().waiting());
        gauges.number(
                "handover.capacity",
                "How many customers may wait for that",
                () -> now().handOver().state().capacity());
        gauges.seconds(
                "handover.failing",
                "For how long every write to the outbox has failed",
                () -> since(now().handOver().state().failingSince()));
    }

    private Duration since(@Nullable Instant begin) {
        return begin == null
                ? Duration.ZERO
                : Duration.between(begin, now().clock().instant());
    }

    private void customers(Gauges gauges, StoreKey store) {
        counted(gauges.and("status", "pending"), store, LedgerCounts::pending);
        counted(gauges.and("status", "in_sync"), store, LedgerCounts::inSync);
        counted(gauges.and("status", "parked"), store, LedgerCounts::parked);
        gauges.seconds("oldest.pending", "For how long the oldest pending customer has been pending", () -> {
            LedgerCounts counts = now().backlog().lastKnown(store);
            return counts == null ? null : since(counts.oldestPending());
        });
    }

    private void counted(Gauges gauges, StoreKey store, ToDoubleFunction<LedgerCounts> count) {
        gauges.number("customers", "Customers by where they stand in the ledger", () -> {
            LedgerCounts counts = now().backlog().lastKnown(store);
            return counts == null ? null : count.applyAsDouble(counts);
        });
    }

    private void states(Gauges gauges, StoreSettings store) {
        StoreKey key = store.key();
        gauges.flag(
                "store.enabled",
                "Whether the store takes customers",
                () -> now().stores().isEnabled(store));
        gauges.flag(
                "store.paused",
                "Whether customers are accepted but not sent",
                () -> now().stores().state(key).paused());
        gauges.flag(
                "store.held",
                "Whether nothing is sent until an operator acts",
                () -> now().stores().state(key).held() != null);
    }

    private void lane(Gauges gauges, StoreKey store) {
        FunctionCounter.builder(MeteringListener.PREFIX + "requests", this, meters -> meters.requests(store))
                .description("Requests made, for tokens and read-back too")
                .tags(gauges.tags())
                .register(gauges.registry());
        gauges.number("rate", "Requests a second allowed at the moment", lane(store, LaneStatus::rate));
        gauges.number("rate.permitted", "Requests a second as configured", lane(store, LaneStatus::permittedRate));
        gauges.number("in.flight", "Customers being sent", lane(store, LaneStatus::inFlight));
        gauges.number(
                "breaker.open",
                "Whether the store is left alone because it does not answer",
                lane(store, view -> view.breaker() == LaneStatus.Breaker.OPEN ? 1 : 0));
        gauges.seconds("token.age", "Age of the access token", () -> {
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

    private void scans(Gauges gauges, StoreKey store) {
        gauges.number("backfill.done", "Customers that the last backfill looked at", () -> {
            Scans.Progress progress = now().catchUp().lastKnown(store).backfill();
            return progress == null ? null : progress.done();
        });
        gauges.number(
                "scans.asking",
                "Scans that stopped and wait for an operator's word",
                () -> now().catchUp().lastKnown(store).questions().size());
    }

    /** Registers gauges that have the same tags. */
    private record Gauges(MeterRegistry registry, Tags tags) {

        Gauges and(String tag, String value) {
            return new Gauges(registry, tags.and(tag, value));
        }

        void number(String name, String text, Supplier<@Nullable Number> value) {
            builder(name, text, value).register(registry);
        }

        void flag(String name, String text, BooleanSupplier value) {
            number(name, text, () -> value.getAsBoolean() ? 1.0 : 0.0);
        }

        void seconds(String name, String text, Supplier<@Nullable Duration> value) {
            builder(name, text, () -> {
                        Duration duration = value.get();
                        return duration == null ? null : Math.max(0, duration.toMillis() / 1000.0);
                    })
                    .baseUnit("seconds")
                    .register(registry);
        }

        private Gauge.Builder<Supplier<Number>> builder(String name, String text, Supplier<@Nullable Number> value) {
            Supplier<Number> known = () -> {
                Number number = value.get();
                return number == null ? Double.NaN : number;
            };
            return Gauge.builder(MeteringListener.PREFIX + name, known)
                    .description(text)
                    .tags(tags);
        }
    }
}
