package io.yotposync.dispatch;

import io.yotposync.observe.SyncListener;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Remembers for a store that a customer had to be dropped, so that a scan finds it. The mark is written on the plugin's
 * own threads, and again until it is: what made the drop necessary may be in the way of the mark too.
 */
public final class CatchUpMarks implements SyncListener {

    private static final long AGAIN_AFTER_SECONDS = 5;

    private final StoreStates states;
    private final ScheduledExecutorService threads;
    private final Set<StoreKey> unwritten = ConcurrentHashMap.newKeySet();

    public CatchUpMarks(StoreStates states, ScheduledExecutorService threads) {
        this.states = states;
        this.threads = threads;
    }

    @Override
    public void dropped(CustomerKey customer) {
        if (unwritten.add(customer.store())) {
            writeIn(0);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure schedules the next try
    private void writeIn(long seconds) {
        try {
            threads.schedule(this::write, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopped) {
            unwritten.clear();
        }
    }

    private void write() {
        try {
            for (StoreKey store : Set.copyOf(unwritten)) {
                states.update(store, state -> state.withCatchUpNeeded(true));
                unwritten.remove(store);
            }
        } catch (Throwable notNow) {
            writeIn(AGAIN_AFTER_SECONDS);
        }
    }
}
