package io.yotposync.dispatch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin's own threads: named, daemons. */
public final class SyncThreads {

    private static final Logger LOG = LoggerFactory.getLogger(SyncThreads.class);

    private static final int COUNT = 2;
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private SyncThreads() {}

    /** Two, however many stores there are: while one waits for a database, the other goes on. */
    public static ScheduledExecutorService create() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(COUNT, task -> {
            Thread thread = new Thread(task, "yotpo-sync-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return threads;
    }

    /**
     * Interrupts them and waits until they have ended, a second at most or until the caller is interrupted, which it stays: a
     * server that takes an application down looks for threads of it that are left. Any thread; never throws.
     */
    public static void end(ScheduledExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Yotpo sync: a thread goes on with what it waits for, and ends with that");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
