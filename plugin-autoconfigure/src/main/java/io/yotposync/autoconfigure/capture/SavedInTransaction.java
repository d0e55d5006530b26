package io.yotposync.autoconfigure.capture;

import io.yotposync.CustomerSync;
import io.yotposync.capture.BrokenTransactionException;
import io.yotposync.capture.Captured;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.SourceVersions;
import io.yotposync.source.Rereads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Customers that were said to be saved in one transaction, of each the last state. */
final class SavedInTransaction implements TransactionSynchronization {

    private static final Logger LOG = LoggerFactory.getLogger(SavedInTransaction.class);

    private final Ways ways;
    private final Map<Who, Said> customers = new LinkedHashMap<>();

    /** Of each, how much had changed by then. */
    private final Map<Object, Integer> savepoints = new HashMap<>();

    private final List<Change> changes = new ArrayList<>();
    private @Nullable Captured captured;
    private boolean elsewhere;
    private boolean arranged;
    private volatile boolean over;

    /**
     * Where customers go.
     *
     * @param capture writes in the transaction itself, {@code null} to hand over after its commit
     * @param rereads takes those of a transaction of unknown end
     */
    record Ways(CustomerSync sync, @Nullable CaptureOfEvents capture, Rereads rereads) {}

    /** A customer of two sites may go to two stores. */
    private record Who(String id, Set<String> sites) {}

    /** Before the host's last flush, which may give the customer a time that the next event tells. */
    private record Said(CustomerSnapshot customer, Instant at) {

        Said or(Said later) {
            long version = later.customer.sourceVersion();
            boolean older = version > 0 && SourceVersions.outranksUpTo(version) < customer.sourceVersion();
            return older ? this : later;
        }
    }

    /** What there was before, to be put back; kept from the first savepoint on. */
    private record Change(Who who, @Nullable Said before) {}

    private SavedInTransaction(Ways ways) {
        this.ways = ways;
    }

    /** Returns whether there is a transaction to wait for. */
    static boolean add(CustomerSnapshot customer, Instant now, Ways ways) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        ofThread(ways).add(new Who(customer.id(), customer.sites()), new Said(customer, now));
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
        begun.captureAfterFlush();
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

    private void add(Who who, Said said) {
        Said before = customers.get(who);
        customers.put(who, before == null ? said : before.or(said));
        if (!savepoints.isEmpty()) {
            changes.add(new Change(who, before));
        }
    }

    private void captureAfterFlush() {
        CaptureOfEvents atomic = ways.capture;
        if (atomic != null && !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            guarded(() -> arranged = atomic.inFlush(this::capture));
        }
    }

    private boolean takesMore() {
        return captured == null && !over;
    }

    /** Of Spring 6.2 and later. */
    @SuppressWarnings("MissingOverride")
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, changes.size());
    }

    /** The same; a savepoint that is older than this knows no customers. */
    @SuppressWarnings("MissingOverride")
    public void savepointRollback(Object savepoint) {
        Integer kept = savepoints.get(savepoint);
        if (kept == null) {
            customers.clear();
            changes.clear();
            return;
        }
        for (int last = changes.size() - 1; last >= kept; last--) {
            Change change = changes.remove(last);
            customers.compute(change.who(), (who, now) -> change.before());
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        CaptureOfEvents atomic = ways.capture;
        if (atomic != null && !readOnly && !arranged) {
            guarded(() -> atomic.beforeCommit(this::capture));
        }
    }

    private void capture() {
        CaptureOfEvents atomic = ways.capture;
        if (atomic != null && takesMore()) {
            guarded(() -> {
                elsewhere = EndingTransaction.isElsewhere();
                captured = atomic.write(states());
            });
        }
    }

    /** On the transaction's own thread, which is not always where its end is told. */
    @Override
    public void beforeCompletion() {
        unbind();
    }

    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (BrokenTransactionException broken) {
            throw broken;
        } catch (Throwable fault) {
            LOG.warn(
                    "Yotpo sync: customers could not be captured in the host's transaction: {}",
                    fault.getClass().getName());
        }
    }

    private List<CustomerSnapshot> states() {
        return customers.values().stream()
                .map(said -> said.customer().saidAt(said.at()))
                .toList();
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
        } else if (status == STATUS_UNKNOWN && kept() == null) {
            states().forEach(customer -> ways.rereads.rememberUnsure(customer, ways.sync::leaveToCatchUp));
        }
        over = true;
    }

    /**
     * Rows that are kept if the host's are. Of JTA's transaction nobody tells whether the pool takes part in it: what was
     * written there is handed over as well, which changes nothing where it was kept.
     */
    private @Nullable Captured kept() {
        return captured != null && captured.isWritten() && !elsewhere ? captured : null;
    }

    private void handOver() {
        if (over) {
            return;
        }
        over = true;
        Captured rows = kept();
        if (rows != null) {
            rows.committed();
        } else {
            states().forEach(ways.sync::accept);
        }
    }
}
