package io.yotposync.scan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in their order, one at a time, on threads that others use too: what waits for the host's database takes no
 * more than one of them. Each task waits for its turn behind what the others have to do. Thread-safe; nobody waits here
 * but for {@link #close}.
 */
final class OneAtATime {

    private static final Logger LOG = LoggerFactory.getLogger(OneAtATime.class);

    private final ScheduledExecutorService threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Future<?> planned;
    private boolean open;
    private boolean busy;

    /** Closed at first. */
    OneAtATime(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    /** Takes tasks from now on. */
    void open() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /** As soon as those before it are done; never if closed before. */
    void execute(Runnable task) {
        lock.lock();
        try {
            if (open) {
                waiting.add(task);
                next();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has a task executed later, in place of the one that was planned last if it has not come to that. */
    void plan(Runnable task, Duration delay) {
        lock.lock();
        try {
            if (open) {
                cancel();
                planned = threads.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException ended) {
            LOG.debug("Yotpo sync: scans have ended");
        } catch (OutOfMemoryError notNow) {
            execute(task); // rather too early than never
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins nothing more until it is opened again, and waits for the task at hand. That is never interrupted: some
     * drivers close a whole database when a thread in them is.
     *
     * @return whether that one has ended
     */
    boolean close(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            open = false;
            waiting.clear();
            cancel();
            long left = atMost.toNanos();
            while (busy && left > 0) {
                left = idle.awaitNanos(left);
            }
            return !busy;
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        if (planned != null) {
            planned.cancel(false);
            planned = null;
        }
    }

    private void next() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            threads.execute(this::runNext);
        } catch (RejectedExecutionException ended) {
            busy = false;
            waiting.clear();
            LOG.debug("Yotpo sync: scans have ended");
        } catch (OutOfMemoryError notNow) { // or nothing would be done any more; what waits goes with the next
            busy = false;
        }
    }

    private void runNext() {
        try {
            Runnable task = taken();
            if (task != null) {
                task.run();
            }
        } finally {
            lock.lock();
            try {
                busy = false;
                if (waiting.isEmpty()) {
                    idle.signalAll();
                } else {
                    next();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Runnable taken() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}
