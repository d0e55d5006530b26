package io.yotposync.dispatch;

import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a store that a customer had to be dropped, so that a scan finds it; also one that was dropped while this
 * node had not yet heard that the store is on again. The mark is written on the plugin's own threads, and again until it
 * is: what made the drop necessary may be in the way of the mark too.
 */
public final class CatchUpMarks implements SyncListener {

    private static final long AGAIN_AFTER_SECONDS = 5;

    private final StoreStates states;
    private final ScheduledExecutorService threads;
    private final Set<StoreKey> unwritten = ConcurrentHashMap.newKeySet();
    private final Set<StoreKey> droppingWhileOff = ConcurrentHashMap.newKeySet();

    /** From the plan to write until the end of that: else each try that fails would lead to two more. */
    private final AtomicBoolean writing = new AtomicBoolean();

    public CatchUpMarks(StoreStates states, ScheduledExecutorService threads) {
        this.states = states;
        this.threads = threads;
    }

    @Override
    public void dropped(CustomerKey customer) {
        unwritten.add(customer.store());
        writeIn(0);
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        if (store != null && reason == SkipReason.STORE_DISABLED) {
            droppingWhileOff.add(store);
        }
    }

    @Override
    public void accepted(CustomerKey customer) {
        if (!droppingWhileOff.isEmpty() && droppingWhileOff.remove(customer.store())) {
            dropped(customer);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure schedules the next try
    private void writeIn(long seconds) {
        if (writing.compareAndSet(false, true)) {
            try {
                threads.schedule(this::write, seconds, TimeUnit.SECONDS);
            } catch (RejectedExecutionException | OutOfMemoryError notNow) {
                writing.set(false); // with the next that is dropped; once the threads have ended, never
            }
        }
    }

    private void write() {
        boolean failed = false;
        try {
            for (StoreKey store : Set.copyOf(unwritten)) {
                unwritten.remove(store); // before: what is dropped meanwhile asks for a mark of its own
                try {
                    states.update(store, state -> state.withCatchUpNeeded(true));
                } catch (Throwable notNow) {
                    unwritten.add(store);
                    failed = true;
                }
            }
        } finally {
            writing.set(false);
        }
        if (!unwritten.isEmpty()) {
            writeIn(failed ? AGAIN_AFTER_SECONDS : 0);
        }
    }
}
