package io.yotposync.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action at the earliest moment that anybody asked for, never twice at once. A wish that comes while the action
 * runs makes it run once more. Thread-safe; asking costs next to nothing when an earlier moment is planned already.
 */
final class WakeUps {

    private static final long NEVER = Long.MAX_VALUE;

    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final Runnable action;

    private volatile long planned = NEVER;
    private @Nullable Future<?> task;
    private boolean running;

    WakeUps(ScheduledExecutorService threads, Clock clock, Runnable action) {
        this.threads = threads;
        this.clock = clock;
        this.action = action;
    }

    /** The first whole millisecond that is not before it: one that is waited for until then is surely over. */
    static Instant notBefore(Instant moment) {
        return moment.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }

    void at(Instant moment) {
        long at = moment.toEpochMilli();
        if (planned > at) {
            plan(at);
        }
    }

    private synchronized void plan(long at) {
        if (planned <= at) {
            return;
        }
        planned = at;
        if (!running) {
            schedule();
        }
    }

    private void schedule() {
        if (task != null) {
            task.cancel(false);
        }
        long delay = Math.max(0, planned - clock.millis());
        try {
            task = threads.schedule(this::run, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError notNow) { // or nobody's wish would be planned any more
            planned = NEVER;
        }
    }

    private void run() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
            planned = NEVER;
        }
        try {
            action.run();
        } finally {
            synchronized (this) {
                running = false;
                if (planned != NEVER) {
                    schedule();
                }
            }
        }
    }
}
