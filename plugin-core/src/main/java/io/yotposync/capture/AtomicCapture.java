package io.yotposync.capture;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.observe.StorageFault;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.source.Rereads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    /** PostgreSQL's word for a transaction in which the host passed over a statement that failed. */
    private static final String ABORTED = "25P02";

    private final CustomerSync sync;
    private final Rereads rereads;
    private final AtomicWriter writer;
    private final Reactions reactions;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile Instant lastFailure = Instant.MIN;

    /**
     * What happens besides.
     *
     * @param wake told of each row once it is committed, so that it is sent at once
     * @param listener hears what could not be written
     */
    public record Reactions(Consumer<Desired> wake, SyncListener listener) {}

    /** @param rereads takes customers that could not be read before the commit */
    public AtomicCapture(CustomerSync sync, Rereads rereads, AtomicWriter writer, Reactions reactions, Clock clock) {
        this.sync = sync;
        this.rereads = rereads;
        this.writer = writer;
        this.reactions = reactions;
        this.clock = clock;
    }

    /**
     * Reads customers and writes what the stores are to have of them. One that cannot be read keeps no other from its row.
     *
     * @param connection in the transaction that saves the customers, which has done all else it has to do
     * @param customers read behind the savepoint, for reading may fail in the database too
     * @return to be told of the commit; nothing is to be told after a rollback
     * @throws BrokenTransactionException if the database has given up the transaction; nothing else is ever thrown
     */
    public Captured capture(Connection connection, Collection<? extends SavedCustomer> customers) {
        Found found = new Found(new ArrayList<>(1), new ArrayList<>(0), new ArrayDeque<>(customers));
        Throwable fault = write(connection, found);
        List<CustomerSnapshot> unread = told(found);
        if (fault != null) {
            warn(fault);
            found.states().forEach(state -> reactions.listener().notCaptured(state.key()));
        } else if (failing.get() && isQuietSince(lastFailure) && failing.compareAndSet(true, false)) {
            LOG.info("Yotpo sync: customers are written in the host's transactions again");
        }
        return new Captured(this, found.states(), fault == null, unread);
    }

    /**
     * What came of reading.
     *
     * @param states of those that could be read
     * @param partial those among them that are to be read again
     * @param unread the others
     */
    private record Found(List<Desired> states, List<CustomerSnapshot> partial, Deque<SavedCustomer> unread) {}

    /** @return why nothing was written, {@code null} if all was that could be read */
    private @Nullable Throwable write(Connection connection, Found found) {
        try {
            if (connection.getAutoCommit()) {
                return new IllegalStateException("not in a transaction");
            }
            Savepoint before = read(connection, found);
            try {
                writer.write(connection, found.states(), clock.instant());
                return null;
            } catch (Throwable fault) {
                takeBack(connection, before, fault);
                return fault;
            }
        } catch (SQLException fault) {
            if (ABORTED.equals(fault.getSQLState())) {
                throw new BrokenTransactionException(fault);
            }
            return fault;
        }
    }

    /** Returns the savepoint behind which it was done. */
    private Savepoint read(Connection connection, Found found) throws SQLException {
        // Not released: it ends with the transaction, and would cost a round trip.
        Savepoint before = connection.setSavepoint();
        for (Iterator<SavedCustomer> each = found.unread().iterator(); each.hasNext(); ) {
            try {
                CustomerSnapshot customer = each.next().read();
                found.states().addAll(sync.prepare(customer));
                each.remove();
                if (customer.partial()) {
                    found.partial().add(customer);
                    connection.rollback(before); // what could not be read may have failed in the database
                    before = connection.setSavepoint(); // HSQLDB's is gone by then
                }
            } catch (Throwable fault) {
                takeBack(connection, before, fault);
                warn(fault);
                before = connection.setSavepoint();
            }
        }
        return before;
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

    private void warn(Throwable fault) {
        lastFailure = clock.instant();
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "Yotpo sync: customers cannot be written in the host's transactions, they are handed over after the"
                            + " commit: {}",
                    StorageFault.kind(fault));
        }
    }

    /** Says of each, while its session is open, who it is. */
    private List<CustomerSnapshot> told(Found found) {
        List<CustomerSnapshot> customers = new ArrayList<>(found.partial());
        for (SavedCustomer each : found.unread()) {
            CustomerSnapshot customer = each.unread();
            customers.add(customer);
            sync.keys(customer).forEach(reactions.listener()::notCaptured);
        }
        return customers;
    }

    void committed(Desired state, boolean written) {
        sync.acceptPrepared(state, written);
        if (written) {
            reactions.wake().accept(state);
        }
    }

    void committedUnread(CustomerSnapshot customer) {
        rereads.rememberOr(customer, sync::leaveToCatchUp);
    }

    /** Whether rows written over this connection will be found by the outbox. */
    boolean reaches(Connection connection) throws SQLException {
        return writer.reaches(connection);
    }
}
