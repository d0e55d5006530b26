package io.yotposync.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what operators did long ago, on a thread of the plugin's own. Looks once an hour, and an entry goes that was old at
 * the look before too: a clock that is years ahead for a moment, as before it is set, takes nothing.
 */
public final class AuditRetention {

    /** By default. */
    public static final Duration KEEP = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final AuditLog log;
    private final Duration keep;
    private final Clock clock;

    private @Nullable Instant oldAtTheLookBefore;

    /** @param keep for how long an entry is kept; 0 for ever */
    public AuditRetention(AuditLog log, Duration keep, Clock clock) {
        this.log = log;
        this.keep = keep;
        this.clock = clock;
    }

    /** Until the threads are shut down. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
    public void start(ScheduledExecutorService threads) {
        if (keep.isZero()) {
            return;
        }
        try {
            threads.scheduleWithFixedDelay(this::forget, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Yotpo sync: stopped before the audit log was looked at");
        }
    }

    private void forget() {
        try {
            Instant old = clock.instant().minus(keep);
            Instant before = oldAtTheLookBefore;
            oldAtTheLookBefore = old;
            if (before == null) {
                return;
            }
            int forgotten = log.forget(before.isBefore(old) ? before : old);
            if (forgotten > 0) {
                LOG.info("Yotpo sync: {} entries of the audit log were deleted, being older than {}", forgotten, keep);
            }
        } catch (Throwable fault) {
            LOG.warn(
                    "Yotpo sync: the audit log could not be pruned: {}; its entries older than {} stay",
                    fault.getClass().getName(),
                    keep);
        }
    }
}
