package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way from a saving thread into the outbox.
 *
 * <p><b>Threads.</b> Thread-safe. {@link #offer} and {@link #offerDurably} never do I/O and never throw; until
 * {@link #close(Duration)} they wait for none either, and cost a saving thread microseconds whatever state the storage is in.
 * Afterwards {@link #offer} waits for its write, for the storage is about to go: a second at most. Once the close is done
 * and one has waited in vain, none waits until something is written again.
 *
 * <p><b>Order.</b> States of one customer that wait together become one: a newer {@link Desired#sourceVersion()} wins,
 * of equal ones the later offer. Customers are written in the order in which each first came, at most two writes at a
 * time.
 *
 * <p><b>Not guaranteed.</b> An offered state is lost if the process ends before it is written; only the future of
 * {@link #offerDurably} says that it cannot be.
 */
public interface HandOver extends AutoCloseable {

    /**
     * Takes a state to be written soon.
     *
     * @return whether it was taken: {@code false} if there is no room for another customer. A refused state is not kept;
     *     the caller sees to it that a scan finds the customer
     */
    boolean offer(Desired state);

    /**
     * Takes a state and tells when it, or a newer one of the customer, is as durable as the outbox gets. Waiting for
     * it while holding a connection of the host's pool may exhaust the pool.
     *
     * @return fails with {@link RefusedException} if the state was not taken, or was given up. Completed on the writing
     *     thread: continue asynchronously with anything that takes time
     */
    CompletableFuture<Void> offerDurably(Desired state);

    /** How it stands, for health and metrics. */
    HandOverState state();

    /** Takes states again after a {@link #close}; of no effect while it is open. Any thread; returns at once. */
    void open();

    /**
     * Writes what waits. What comes later is written as long as the process and its database let it, or refused where there
     * is nothing but this process's memory to write to.
     *
     * @param atMost how long this may take
     * @return how many states are left unwritten and are lost
     */
    int close(Duration atMost);

    /**
     * For a host whose start failed, after which nobody else closes this: writes what waits if that takes no more than a
     * second. Of no effect after {@link #close(Duration)}.
     */
    @Override
    default void close() {
        close(Duration.ofSeconds(1));
    }

    /** A state that will not be written. */
    final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(CustomerKey key) {
            super("the outbox did not take the state of " + key);
        }
    }

    /** Writes at once, on the caller's thread: for an outbox that never blocks. */
    static HandOver direct(Outbox outbox, Clock clock, HandOverListener listener) {
        return new DirectHandOver(outbox, clock, listener);
    }

    /** Writes in groups on one daemon thread of its own, with one connection: for an outbox that does I/O. */
    static HandOver groupCommit(Outbox outbox, Clock clock, GroupCommitSettings settings, HandOverListener listener) {
        return groupCommit(outbox, clock, settings, listener, nobody -> {
            throw new RejectedExecutionException();
        });
    }

    /**
     * The same, and while more waits than one write takes, a second write goes on beside it.
     *
     * @param helpers whose thread the second one runs on, with a connection more; may be at its end
     */
    static HandOver groupCommit(
            Outbox outbox, Clock clock, GroupCommitSettings settings, HandOverListener listener, Executor helpers) {
        GroupCommit groupCommit = new GroupCommit(outbox, clock, settings, listener, helpers);
        groupCommit.open();
        return new LateHandOver(groupCommit, outbox, clock, settings, listener);
    }
}
