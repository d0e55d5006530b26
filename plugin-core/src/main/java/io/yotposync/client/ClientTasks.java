package io.yotposync.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * What the JDK's client has to do, on the plugin's threads; after the end by whoever asks, and at once. A thread pool that
 * ends leaves tasks undone, and for each of them the client would wait for ever. Thread-safe.
 */
final class ClientTasks implements Executor, AutoCloseable {

    private final Queue<Runnable> undone = new ConcurrentLinkedQueue<>();
    private final Executor threads;
    private volatile boolean closed;

    ClientTasks(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        undone.add(task);
        if (closed) {
            doAll();
        } else {
            threads.execute(this::doNext);
        }
    }

    private boolean doNext() {
        Runnable task = undone.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private void doAll() {
        while (doNext()) {
            // There may be more.
        }
    }

    @Override
    public void close() {
        closed = true;
        doAll();
    }
}
