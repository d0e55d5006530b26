package io.yotposync.operator;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once what an operator should hear of. Published one after the other on a thread that is made for it and ends
 * with the last of them: a receiver that never returns takes none of those that send, and never the one where it happened.
 */
public final class Alerts implements SyncListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** Refusals come many at a time; counting them is not for each. */
    private static final long LOOK_AFTER_MILLIS = 10_500;

    private final long parkedAbove;
    private final Backlog backlog;
    private final Consumer<Alert> receiver;
    private final ScheduledExecutorService threads;
    private final Executor publishing;

    private final Queue<Alert> unsaid = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean saying = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean unseen;
    private final Set<StoreKey> above = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread publisher;
    private volatile boolean closed;

    /**
     * @param receiver may take its time; what it throws is logged
     * @param threads for counting
     */
    public Alerts(long parkedAbove, Backlog backlog, Consumer<Alert> receiver, ScheduledExecutorService threads) {
        this(parkedAbove, backlog, receiver, threads, Alerts::onThreadOfItsOwn);
    }

    Alerts(
            long parkedAbove,
            Backlog backlog,
            Consumer<Alert> receiver,
            ScheduledExecutorService threads,
            Executor publishing) {
        this.parkedAbove = parkedAbove;
        this.backlog = backlog;
        this.receiver = receiver;
        this.threads = threads;
        this.publishing = publishing;
    }

    private static void onThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "yotpo-sync-alerts");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        say(new Alert.StoreHeld(store.value(), failure.kind(), failure.reason()));
    }

    @Override
    public void released(StoreKey store) {
        say(new Alert.StoreReleased(store.value()));
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        unseen = true;
        lookLater();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it answers to nobody
    private void lookLater() {
        if (looking.compareAndSet(false, true)) {
            long wait = Math.max(LOOK_AFTER_MILLIS, backlog.rest().toMillis());
            try {
                threads.schedule(this::look, wait, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                looking.set(false);
            }
        }
    }

    private void look() {
        unseen = false;
        try {
            backlog.expire(); // what was counted before says nothing of those who were refused since
            Map<StoreKey, LedgerCounts> counts = backlog.counts();
            counts.forEach((store, count) -> {
                if (count.parked() <= parkedAbove) {
                    above.remove(store);
                } else if (above.add(store)) {
                    say(new Alert.TooManyParked(store.value(), count.parked(), parkedAbove));
                }
            });
        } catch (RuntimeException fault) {
            LOG.debug(
                    "Yotpo sync: refused customers cannot be counted: {}",
                    fault.getClass().getName());
        } finally {
            looking.set(false);
        }
        if (unseen) {
            lookLater(); // refused while it was counted
        }
    }

    /** Any thread; returns at once. */
    public void say(Alert alert) {
        unsaid.add(alert);
        sayAll();
    }

    private void sayAll() {
        if (!closed && saying.compareAndSet(false, true)) {
            publishing.execute(this::publish);
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
        saying.set(false);
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
