package io.yotposync.operator;

import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what this node did in the last hour, in steps of ten seconds, and since its start. Thread-safe; no locks. */
public final class Activity implements SyncListener {

    /** What is counted. */
    public enum Count {
        ACCEPTED,
        SUPPRESSED,
        SKIPPED,
        DROPPED,
        DELIVERED,
        RETRIED,
        PARKED
    }

    /** How long a step is. */
    public static final Duration STEP = Duration.ofSeconds(10);

    /** How many steps are remembered. */
    public static final int STEPS = 360;

    /** As the store of customers that belong to none. */
    public static final String NO_STORE = "none";

    /**
     * One store's recent past.
     *
     * @param from when the first step began
     * @param stepSeconds how long each is
     * @param counts for each {@link Count}, one number a step; the last step still runs
     */
    public record Series(String store, Instant from, long stepSeconds, Map<Count, List<Long>> counts) {}

    private final Clock clock;
    private final Map<String, StepCounts> stores = new ConcurrentHashMap<>();

    public Activity(Clock clock) {
        this.clock = clock;
    }

    /** Of the last so-many steps, fewer than {@link #STEPS}, for every store that was counted or asked for. */
    public List<Series> recent(int steps) {
        long last = step();
        int length = Math.max(1, Math.min(steps, STEPS - 1));
        Instant from = Instant.ofEpochSecond((last - length + 1) * STEP.toSeconds());
        return new TreeMap<>(stores)
                .entrySet().stream()
                        .map(entry -> new Series(
                                entry.getKey(),
                                from,
                                STEP.toSeconds(),
                                entry.getValue().recent(last, length)))
                        .toList();
    }

    /** Since this node started. */
    public Map<Count, Long> totals(StoreKey store) {
        return stores.computeIfAbsent(store.value(), any -> new StepCounts()).totals();
    }

    private void count(@Nullable StoreKey store, Count what) {
        stores.computeIfAbsent(store == null ? NO_STORE : store.value(), any -> new StepCounts())
                .add(what, step());
    }

    private long step() {
        return clock.instant().getEpochSecond() / STEP.toSeconds();
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        count(store, Count.SKIPPED);
    }

    @Override
    public void suppressed(CustomerKey customer) {
        count(customer.store(), Count.SUPPRESSED);
    }

    @Override
    public void accepted(CustomerKey customer) {
        count(customer.store(), Count.ACCEPTED);
    }

    @Override
    public void dropped(CustomerKey customer) {
        count(customer.store(), Count.DROPPED);
    }

    @Override
    public void delivered(CustomerKey customer, Duration took) {
        count(customer.store(), Count.DELIVERED);
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        count(customer.store(), Count.RETRIED);
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        count(customer.store(), Count.PARKED);
    }
}
