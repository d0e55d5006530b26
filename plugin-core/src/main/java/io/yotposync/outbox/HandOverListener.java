package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.Collection;

/**
 * Hears what becomes of offered states. Called on the writing threads, two at most, which are the saving ones where the
 * outbox is in memory; of one thread's writes in their order: returns at once, thread-safe. What it throws is ignored.
 * States are personal data.
 */
public interface HandOverListener {

    /**
     * States were written together; those that the outbox had no room for are not among them.
     *
     * @param took the write alone, without the wait for it
     */
    default void written(Collection<Desired> states, Duration took) {}

    /** A write failed. The states are tried again, but for those of an outbox in memory or after the end. */
    default void failed(Throwable cause) {}

    /** A state that had been taken was given up: there was no room in the outbox, or it can never be written. */
    default void givenUp(CustomerKey key) {}

    /** Hears nothing. */
    static HandOverListener none() {
        return new HandOverListener() {};
    }
}
