package io.yotposync.autoconfigure.capture;

import io.yotposync.CustomerSync;
import io.yotposync.capture.BrokenTransactionException;
import io.yotposync.capture.Captured;
import io.yotposync.customer.CustomerSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Customers that were said to be saved in one transaction, of each the last state. */
final class SavedInTransaction implements TransactionSynchronization {

    private static final Logger LOG = LoggerFactory.getLogger(SavedInTransaction.class);

    private final CustomerSync sync;
    private final @Nullable CaptureOfEvents capture;
    private final Map<String, CustomerSnapshot> customers = new LinkedHashMap<>();
    private @Nullable Captured captured;
    private boolean handedOver;

    private SavedInTransaction(CustomerSync sync, @Nullable CaptureOfEvents capture) {
        this.sync = sync;
        this.capture = capture;
    }

    /** Returns whether there is a transaction to wait for. */
    static boolean add(CustomerSnapshot customer, CustomerSync sync, @Nullable CaptureOfEvents capture) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        ofThread(sync, capture).customers.put(customer.id(), customer);
        return true;
    }

    private static SavedInTransaction ofThread(CustomerSync sync, @Nullable CaptureOfEvents capture) {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof SavedInTransaction saved && saved.sync == sync && saved.takesMore()) {
                return saved;
            }
        }
        SavedInTransaction begun = new SavedInTransaction(sync, capture);
        TransactionSynchronizationManager.registerSynchronization(begun);
        return begun;
    }

    private boolean takesMore() {
        return captured == null && !handedOver;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (capture == null || readOnly) {
            return;
        }
        try {
            captured = capture.beforeCommit(new ArrayList<>(customers.values()));
        } catch (BrokenTransactionException broken) {
            throw broken;
        } catch (Exception | LinkageError fault) {
            LOG.warn(
                    "Yotpo sync: customers could not be captured in the host's transaction: {}",
                    fault.getClass().getName());
        }
    }

    @Override
    public void afterCommit() {
        handOver();
    }

    /** All that one hears which was registered after the commit, by another's {@code afterCommit}. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            handOver();
        }
    }

    private void handOver() {
        if (handedOver) {
            return;
        }
        handedOver = true;
        Captured rows = captured;
        if (rows != null && rows.isWritten()) {
            rows.committed();
        } else {
            List.copyOf(customers.values()).forEach(sync::accept);
        }
    }
}
