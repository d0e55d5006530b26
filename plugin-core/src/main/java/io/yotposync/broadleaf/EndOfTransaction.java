package io.yotposync.broadleaf;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is done at the end of the transaction in which an event came. One that Broadleaf publishes comes after the commit,
 * and hears of its end a moment later; one of the host's own code may come before it.
 */
record EndOfTransaction(Runnable committed, Runnable unknown) implements TransactionSynchronization {

    /** Returns whether there is a transaction to wait for. */
    boolean awaited() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        TransactionSynchronizationManager.registerSynchronization(this);
        return true;
    }

    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            committed.run();
        } else if (status == STATUS_UNKNOWN) {
            unknown.run();
        }
    }
}
