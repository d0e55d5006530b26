package io.yotposync.outbox;

import java.util.concurrent.CompletableFuture;

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
}
