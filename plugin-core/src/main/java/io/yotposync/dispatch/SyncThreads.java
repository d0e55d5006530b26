package io.yotposync.dispatch;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The plugin's own threads: named, daemons. */
public final class SyncThreads {

    private static final int COUNT = 2;

    private SyncThreads() {}

    /** Two, however many stores there are. */
    public static ScheduledExecutorService create() {
        AtomicInteger number = new AtomicInteger();
        return named(COUNT, () -> "yotpo-sync-" + number.incrementAndGet());
    }

    /** The one that waits for the host's database. */
    public static ScheduledExecutorService forScans() {
        return named(1, () -> "yotpo-sync-scan");
    }

    private static ScheduledExecutorService named(int count, Supplier<String> name) {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(count, task -> {
            Thread thread = new Thread(task, name.get());
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return threads;
    }
}
