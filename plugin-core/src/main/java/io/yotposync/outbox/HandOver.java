package io.yotposync.outbox;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes desired states from saving threads. Thread-safe; never blocks on I/O, never throws.
 */
public interface HandOver {

    /** Takes a state; {@code false} if there was no room and it was dropped. */
    boolean offer(Desired desired);

    /**
     * Takes a state and says when it is as durable as the outbox makes it. Completed exceptionally if it was dropped.
     */
    CompletableFuture<Void> offerDurably(Desired desired);

    /**
     * For an outbox that does no I/O: writes at once.
     *
     * @param taken told of each state that was taken, on the caller's thread
     */
    static HandOver direct(Outbox outbox, Consumer<Desired> taken, Clock clock) {
        return new DirectHandOver(outbox, taken, clock);
    }
}
