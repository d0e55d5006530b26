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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many customers stand where, counted in the outbox no more often than it can bear. Thread-safe. */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** A durable outbox counts all its rows for this. */
    public static final Duration DURABLE_AGE = Duration.ofSeconds(10);

    private static final Duration MEMORY_AGE = Duration.ofSeconds(1);

    private record Counted(@Nullable Map<StoreKey, LedgerCounts> counts, Instant at) {}

    private final Outbox outbox;
    private final Clock clock;
    private final Executor threads;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Counted last = new Counted(null, Instant.EPOCH);

    /** @param threads the plugin's own, for counting behind a caller that must not wait */
    public Backlog(Outbox outbox, Clock clock, Executor threads) {
        this.outbox = outbox;
        this.clock = clock;
        this.threads = threads;
    }

    /** What was counted last; never blocks, and has it counted anew where that was long ago. {@code null}: not known. */
    public @Nullable LedgerCounts lastKnown(StoreKey store) {
        Counted known = last;
        if (isOld(known) && counting.compareAndSet(false, true)) {
            try {
                threads.execute(this::countAndForgive);
            } catch (RejectedExecutionException stopping) {
                counting.set(false);
            }
        }
        Map<StoreKey, LedgerCounts> counts = known.counts();
        return counts == null ? null : counts.getOrDefault(store, LedgerCounts.NONE);
    }

    /** As it stands, or stood a moment ago; may do I/O, and throws what the outbox throws. */
    public Map<StoreKey, LedgerCounts> counts() {
        Counted known = last;
        Map<StoreKey, LedgerCounts> counts = known.counts();
        return counts == null || isOld(known) ? count() : counts;
    }

    /** Has the next look counted anew, because an operator has just changed something. */
    public void expire() {
        last = new Counted(last.counts(), Instant.EPOCH);
    }

    private boolean isOld(Counted known) {
        Duration age = outbox.durable() ? DURABLE_AGE : MEMORY_AGE;
        return !known.at().plus(age).isAfter(clock.instant());
    }

    private Map<StoreKey, LedgerCounts> count() {
        Map<StoreKey, LedgerCounts> counts = Map.copyOf(outbox.counts());
        last = new Counted(counts, clock.instant());
        return counts;
    }

    private void countAndForgive() {
        try {
            count();
        } catch (RuntimeException | LinkageError fault) {
            last = new Counted(null, clock.instant());
            LOG.debug(
                    "Yotpo sync: the outbox cannot be counted: {}",
                    fault.getClass().getName());
        } finally {
            counting.set(false);
        }
    }
}
