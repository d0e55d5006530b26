package io.yotposync.dispatch;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The plugin's own threads: named, daemons. */
public final class SyncThreads {

    private static final int COUNT = 2;

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
}
