package io.yotposync.capture;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.jdbc.AtomicWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes customers' states over the connection of a transaction that is about to commit, behind a savepoint: whatever
 * fails is taken back, and the transaction goes on as if nothing had been tried. Takes no connection of its own.
 * Thread-safe.
 */
public final class AtomicCapture {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final CustomerSync sync;
    private final AtomicWriter writer;
    private final Consumer<Desired> wake;
    private final SyncListener listener;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile Instant lastFailure = Instant.MIN;

    /**
     * @param wake told of each row once it is committed, so that it is sent at once
     * @param listener hears what could not be written
     */
    public AtomicCapture(
            CustomerSync sync, AtomicWriter writer, Consumer<Desired> wake, SyncListener listener, Clock clock) {
        this.sync = sync;
        this.writer = writer;
        this.wake = wake;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Reads customers and writes what the stores are to have of them.
     *
     * @param connection in the transaction that saves the customers, which has done all else it has to do
     * @param customers read behind the savepoint, for reading may fail in the database too
     * @return to be told of the commit; nothing is to be told after a rollback
     * @throws BrokenTransactionException if the database has given up the transaction; nothing else is ever thrown
     */
    public Captured capture(Connection connection, Supplier<? extends Collection<CustomerSnapshot>> customers) {
        List<Desired> states = new ArrayList<>(1);
        try {
            if (connection.getAutoCommit()) {
                return failed(states, new IllegalStateException("not in a transaction"));
            }
            // Not released: it ends with the transaction, and would cost a round trip.
            Savepoint before = connection.setSavepoint();
            try {
                customers.get().forEach(customer -> states.addAll(sync.prepare(customer)));
                writer.write(connection, states, clock.instant());
            } catch (Throwable fault) {
                takeBack(connection, before, fault);
                return failed(states, fault);
            }
        } catch (SQLException fault) {
            return failed(states, fault);
        }
        if (failing.get() && isQuietSince(lastFailure) && failing.compareAndSet(true, false)) {
            LOG.info("Yotpo sync: customers are written in the host's transactions again");
        }
        return new Captured(this, states, true);
    }

    /** In a host whose transactions get into each other's way, one fails now and then: that is one line, not one each. */
    private boolean isQuietSince(Instant moment) {
        return clock.instant().isAfter(moment.plus(QUIET));
    }

    private static void takeBack(Connection connection, Savepoint before, Throwable fault) {
        try {
            connection.rollback(before);
        } catch (SQLException gone) {
            BrokenTransactionException broken = new BrokenTransactionException(gone);
            broken.addSuppressed(fault);
            throw broken;
        }
    }

    private Captured failed(List<Desired> states, Throwable fault) {
        lastFailure = clock.instant();
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "Yotpo sync: customers cannot be written in the host's transactions, they are handed over after the"
                            + " commit: {}{}",
                    fault.getClass().getName(),
                    fault instanceof SQLException sql ? ", SQL state " + sql.getSQLState() : "");
        }
        states.forEach(state -> listener.notCaptured(state.key()));
        return new Captured(this, states, false);
    }

    void committed(Desired state, boolean written) {
        sync.acceptPrepared(state, written);
        if (written) {
            wake.accept(state);
        }
    }

    /** Whether rows written over this connection will be found by the outbox. */
    boolean reaches(Connection connection) throws SQLException {
        return writer.reaches(connection);
    }
}
