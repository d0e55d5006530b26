package io.yotposync.operator;

import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many customers stand where, counted in the outbox no more often than it can bear. Thread-safe. */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** A durable outbox counts all its rows for this; the longer that takes, the less often. */
    public static final Duration DURABLE_AGE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);
    private static final Duration LONGEST_AGE = Duration.ofMinutes(1);

    /** Looking on takes no more than this part of the storage's time. */
    private static final int SHARE = 20;

    /** @param took how long it took to count */
    private record Counted(@Nullable Map<StoreKey, LedgerCounts> counts, Instant at, Duration took) {

        boolean isOlderThan(Duration age, Instant now) {
            return !at.plus(age).isAfter(now) || at.isAfter(now); // the clock was put back
        }
    }

    private final Outbox outbox;
    private final Clock clock;
    private final Executor threads;
    private final AtomicBoolean counting = new AtomicBoolean();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Counted last = new Counted(null, Instant.EPOCH, Duration.ZERO);

    /** @param threads the plugin's own, for counting behind a caller that must not wait */
    public Backlog(Outbox outbox, Clock clock, Executor threads) {
        this.outbox = outbox;
        this.clock = clock;
        this.threads = threads;
    }

    /** What was counted last, {@code null} if that is not known; counted anew behind the caller if it is old. Never blocks. */
    public @Nullable LedgerCounts lastKnown(StoreKey store) {
        Counted known = last;
        Duration bearable = patience(known);
        Duration age = outbox.durable() && bearable.compareTo(DURABLE_AGE) < 0 ? DURABLE_AGE : bearable;
        if (known.isOlderThan(age, clock.instant()) && counting.compareAndSet(false, true)) {
            try {
                threads.execute(this::countAndForgive);
            } catch (RejectedExecutionException | OutOfMemoryError notNow) { // or it would never be counted again
                counting.set(false);
            }
        }
        Map<StoreKey, LedgerCounts> counts = known.counts();
        return counts == null ? null : counts.getOrDefault(store, LedgerCounts.NONE);
    }

    /**
     * As it stands, or stood a moment ago: the longer ago, the more rows there are to count. May do I/O, and throws what the
     * outbox throws.
     */
    public Map<StoreKey, LedgerCounts> counts() {
        Counted known = last;
        Map<StoreKey, LedgerCounts> counts = known.counts();
        return counts == null || known.isOlderThan(patience(known), clock.instant()) ? count() : counts;
    }

    /** Makes the next look count anew, because something has just changed that must be seen. */
    public void expire() {
        changes.incrementAndGet();
        Counted known = last;
        last = new Counted(known.counts(), Instant.EPOCH, known.took());
    }

    /** How long to leave it alone after it was counted. */
    Duration rest() {
        return patience(last);
    }

    private static Duration patience(Counted known) {
        Duration age = known.took().multipliedBy(SHARE);
        if (age.compareTo(SHORTEST_AGE) < 0) {
            return SHORTEST_AGE;
        }
        return age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE;
    }

    private Map<StoreKey, LedgerCounts> count() {
        int before = changes.get();
        Instant start = clock.instant();
        Map<StoreKey, LedgerCounts> counts = Map.copyOf(outbox.counts());
        Instant end = clock.instant();
        // What changed meanwhile may not have been counted.
        last = new Counted(counts, changes.get() == before ? end : Instant.EPOCH, Duration.between(start, end));
        return counts;
    }

    private void countAndForgive() {
        try {
            count();
        } catch (Throwable fault) {
            last = new Counted(null, clock.instant(), Duration.ZERO);
            LOG.debug(
                    "Yotpo sync: the outbox cannot be counted: {}",
                    fault.getClass().getName());
        } finally {
            counting.set(false);
        }
    }
}
