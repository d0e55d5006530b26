package io.yotposync.autoconfigure.capture;

import io.yotposync.CustomerSync;
import io.yotposync.capture.Captured;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Customers that were said to be saved in one transaction: written in it, or handed over after its commit. */
final class SavedInTransaction implements TransactionSynchronization {

    private final Ways ways;
    private final LastSaid customers = new LastSaid();
    private final RowsInTransaction rows;
    private volatile boolean over;

    /**
     * Where customers go.
     *
     * @param capture writes in the transaction itself, {@code null} to hand over after its commit
     * @param rereads takes those of a transaction of unknown end
     */
    record Ways(CustomerSync sync, @Nullable CaptureOfEvents capture, Rereads rereads) {}

    private SavedInTransaction(Ways ways) {
        this.ways = ways;
        this.rows = new RowsInTransaction(ways.capture);
    }

    /** Returns whether there is a transaction to wait for. */
    static boolean add(CustomerSnapshot customer, Instant now, Ways ways) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        ofThread(ways).customers.add(customer, now);
        return true;
    }

    /** To look among the synchronizations would sort them each time, and a host may have one a save as well. */
    private static SavedInTransaction ofThread(Ways ways) {
        if (TransactionSynchronizationManager.getResource(ways.sync) instanceof SavedInTransaction saved
                && saved.takesMore()) {
            // No news to a transaction that knows it; of any other's end it has to hear as well.
            TransactionSynchronizationManager.registerSynchronization(saved);
            return saved;
        }
        SavedInTransaction begun = new SavedInTransaction(ways);
        TransactionSynchronizationManager.registerSynchronization(begun);
        begun.bind();
        if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            begun.rows.inFlush(begun::write);
        }
        return begun;
    }

    private void bind() {
        TransactionSynchronizationManager.unbindResourceIfPossible(ways.sync);
        TransactionSynchronizationManager.bindResource(ways.sync, this);
    }

    private void unbind() {
        if (TransactionSynchronizationManager.getResource(ways.sync) == this) {
            TransactionSynchronizationManager.unbindResource(ways.sync);
        }
    }

    @Override
    public void suspend() {
        unbind();
    }

    @Override
    public void resume() {
        if (takesMore()) {
            bind();
        }
    }

    private boolean takesMore() {
        return !rows.areWritten() && !over;
    }

    /** Of Spring 6.2 and later. */
    @SuppressWarnings("MissingOverride")
    public void savepoint(Object savepoint) {
        customers.savepoint(savepoint);
    }

    /** The same. */
    @SuppressWarnings("MissingOverride")
    public void savepointRollback(Object savepoint) {
        customers.backTo(savepoint);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!readOnly) {
            rows.beforeCommit(this::write);
        }
    }

    private void write() {
        if (takesMore()) {
            rows.write(customers::states);
        }
    }

    /** On the transaction's own thread, which is not always where its end is told. */
    @Override
    public void beforeCompletion() {
        unbind();
    }

    @Override
    public void afterCommit() {
        handOver();
    }

    /**
     * All that one hears which was registered after the commit, by another's {@code afterCommit}. A commit of unknown end
     * is one whose answer was lost, but also one whose last flush failed in the host's own code: the database alone knows.
     */
    @Override
    public void afterCompletion(int status) {
        unbind();
        if (status == STATUS_COMMITTED) {
            handOver();
        } else if (status == STATUS_UNKNOWN && rows.kept() == null) {
            customers.states().forEach(customer -> ways.rereads.rememberUnsure(customer, ways.sync::leaveToCatchUp));
        }
        over = true;
    }

    private void handOver() {
        if (over) {
            return;
        }
        over = true;
        Captured kept = rows.kept();
        if (kept != null) {
            kept.committed();
        } else {
            customers.states().forEach(ways.sync::accept);
        }
    }
}
