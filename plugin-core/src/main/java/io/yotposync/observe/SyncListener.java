package io.yotposync.observe;

import io.yotposync.outbox.Failure;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to customers and stores. Called on whatever thread it happens, the saving thread included: an
 * implementation is thread-safe and returns at once. Calls of one thread come in order, those of different ones in none.
 * What it throws is caught and logged. No call carries personal data. During a call SLF4J's MDC has {@code yotpo.store}
 * and {@code yotpo.customer} where the call is about one; during {@link #accepted} and {@link #suppressed} only where
 * {@code io.yotposync} logs at debug.
 */
public interface SyncListener {

    /** A saved customer is not sent; {@code store} is {@code null} if it did not come as far as a store. */
    default void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {}

    /** A save repeats the latest desired state, or is older than that. */
    default void suppressed(CustomerKey customer) {}

    /** A desired state was handed over to the outbox. */
    default void accepted(CustomerKey customer) {}

    /**
     * A state could not be written in the host's own transaction; it is handed over after the commit instead, and the
     * host's save is not affected.
     */
    default void notCaptured(CustomerKey customer) {}

    /** A desired state was dropped, for want of room or of knowing whether it came to be; the catch-up has to find it. */
    default void dropped(CustomerKey customer) {}

    /**
     * Yotpo acknowledged a state.
     *
     * @param took from sending to the answer
     */
    default void delivered(CustomerKey customer, Duration took) {}

    /** A state is not sent, for Yotpo has a later one of a customer whom it takes for this one. */
    default void superseded(CustomerKey customer) {}

    /** A send failed and will be tried again. */
    default void retrying(CustomerKey customer, Failure failure, Instant at) {}

    /** Yotpo refused a state for good. */
    default void parked(CustomerKey customer, Failure failure) {}

    /** A store waits as Yotpo asked. */
    default void waiting(StoreKey store, Failure failure, Instant until) {}

    /** Nothing can be sent to a store until an operator acts. */
    default void held(StoreKey store, Failure failure) {}

    /** A held store works again. */
    default void released(StoreKey store) {}

    /** A store's circuit breaker opened: it answers with outages only. */
    default void outage(StoreKey store) {}

    /** A store answers again. */
    default void recovered(StoreKey store) {}

    /** Tells several listeners in their order, none of which can disturb another or the caller. */
    static SyncListener all(Collection<? extends SyncListener> listeners) {
        SyncListener only = listeners.size() == 1 ? listeners.iterator().next() : null;
        return only instanceof CombinedListener combined ? combined : new CombinedListener(listeners);
    }
}
