package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.Collection;

/** Hears what becomes of offered states. Called on the writing thread; returns quickly. What it throws is ignored. */
public interface HandOverListener {

    /** States were written together; those that the outbox had no room for are not among them. */
    default void written(Collection<Desired> states, Duration took) {}

    /** A write failed; the states are kept and tried again. */
    default void failed(Throwable cause) {}

    /** A state that had been taken was given up: there was no room in the outbox, or it can never be written. */
    default void givenUp(CustomerKey key) {}

    /** Hears nothing. */
    static HandOverListener none() {
        return new HandOverListener() {};
    }
}
