package io.yotposync.operator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes alerts in their order, one at a time. Thread-safe. */
final class AlertPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final Consumer<Alert> receiver;
    private final Executor executor;

    private final Queue<Alert> unsaid = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean publishing = new AtomicBoolean();
    private volatile @Nullable Thread publisher;
    private volatile boolean closed;

    /**
     * @param receiver may take its time; what it throws is logged
     * @param executor where it is called
     */
    AlertPublisher(Consumer<Alert> receiver, Executor executor) {
        this.receiver = receiver;
        this.executor = executor;
    }

    /** On a thread that is made for the task and ends with it. */
    static void onThreadOfItsOwn(Runnable task) {
        // Nothing that hangs on the thread where it happened, which may be a request's, is to be seen by the receiver.
        Thread thread = new Thread(null, task, "yotpo-sync-alerts", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** Any thread; returns at once. */
    void say(Alert alert) {
        unsaid.add(alert);
        sayAll();
    }

    private void sayAll() {
        if (!closed && publishing.compareAndSet(false, true)) {
            try {
                executor.execute(this::publish);
            } catch (Throwable noThread) {
                publishing.set(false); // the next alert tries again, and this one is said before it
                LOG.warn(
                        "Yotpo sync: alerts cannot be published at the moment: {}",
                        noThread.getClass().getName());
            }
        }
    }

    private void publish() {
        publisher = Thread.currentThread();
        for (Alert alert = unsaid.poll(); alert != null && !closed; alert = unsaid.poll()) {
            try {
                receiver.accept(alert);
            } catch (Throwable fault) {
                LOG.warn(
                        "Yotpo sync: a receiver of {} failed with {}",
                        alert.getClass().getSimpleName(),
                        fault.getClass().getName());
            }
        }
        publisher = null;
        publishing.set(false);
        if (!unsaid.isEmpty()) {
            sayAll();
        }
    }

    /** Says nothing more, and interrupts who is still receiving. */
    @Override
    public void close() {
        closed = true;
        Thread receiving = publisher;
        if (receiving != null) {
            receiving.interrupt();
        }
    }
}
