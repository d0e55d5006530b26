package io.yotposync.operator;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once what an operator should hear of. Published one after the other on a thread that is made for it and ends
 * with the last of them: a receiver that never returns takes none of those that send, and never the one where it happened.
 */
public final class Alerts implements SyncListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** Refusals come many at a time, and are not counted for each. */
    private static final Duration LOOK_AFTER = Duration.ofMillis(10_500);

    /** A store that is held again so soon, as where Yotpo rejects tokens now and then, is told of only if it stays held. */
    static final Duration RELEASED_LATELY = Duration.ofMinutes(15);

    static final Duration STAYS_HELD = Duration.ofMinutes(2);

    private final long parkedAbove;
    private final Backlog backlog;
    private final StoreStates states;
    private final AlertPublisher publisher;
    private final ScheduledExecutorService threads;

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean unseen;
    private final Set<StoreKey> above = ConcurrentHashMap.newKeySet();
    private final Map<StoreKey, Object> releases = new ConcurrentHashMap<>();
    private final Map<StoreKey, Object> untoldHolds = new ConcurrentHashMap<>();

    /**
     * @param receiver may take its time; what it throws is logged
     * @param threads the plugin's own
     */
    public Alerts(
            long parkedAbove,
            Backlog backlog,
            StoreStates states,
            Consumer<Alert> receiver,
            ScheduledExecutorService threads) {
        this(parkedAbove, backlog, states, new AlertPublisher(receiver, AlertPublisher::onThreadOfItsOwn), threads);
    }

    Alerts(
            long parkedAbove,
            Backlog backlog,
            StoreStates states,
            AlertPublisher publisher,
            ScheduledExecutorService threads) {
        this.parkedAbove = parkedAbove;
        this.backlog = backlog;
        this.states = states;
        this.publisher = publisher;
        this.threads = threads;
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        Alert alert = new Alert.StoreHeld(store.value(), failure.kind(), failure.reason());
        if (releases.containsKey(store)) {
            sayIfItStays(store, alert);
        } else {
            say(alert);
        }
    }

    private void sayIfItStays(StoreKey store, Alert alert) {
        Object hold = new Object();
        untoldHolds.put(store, hold);
        later(STAYS_HELD, () -> {
            boolean unreleased = untoldHolds.remove(store, hold);
            if (unreleased && states.get(store).held() != null) { // another node may have released it
                say(alert);
            }
        });
    }

    @Override
    public void released(StoreKey store) {
        Object release = new Object();
        releases.put(store, release);
        later(RELEASED_LATELY, () -> releases.remove(store, release));
        if (untoldHolds.remove(store) == null) {
            say(new Alert.StoreReleased(store.value()));
        }
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        unseen = true;
        lookLater();
    }

    private void lookLater() {
        if (looking.compareAndSet(false, true)) {
            Duration rest = backlog.rest();
            try {
                later(rest.compareTo(LOOK_AFTER) > 0 ? rest : LOOK_AFTER, this::look);
            } catch (OutOfMemoryError notNow) {
                looking.set(false); // with the next that is refused
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it answers to nobody
    private void later(Duration wait, Runnable task) {
        try {
            threads.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Yotpo sync: nothing more is told");
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
        publisher.say(alert);
    }

    /** Says nothing more, and interrupts who is still receiving. */
    @Override
    public void close() {
        publisher.close();
    }
}
