package io.yotposync.autoconfigure;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Hears {@link CustomerSaved}. Inside a transaction the customer is taken up after commit, and not at all after a
 * rollback.
 */
final class CustomerSavedListener implements ApplicationListener<PayloadApplicationEvent<CustomerSaved>> {

    private static final boolean TRANSACTIONS = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            CustomerSavedListener.class.getClassLoader());

    private final CustomerSync sync;

    CustomerSavedListener(CustomerSync sync) {
        this.sync = sync;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CustomerSaved> event) {
        CustomerSnapshot customer = event.getPayload().customer();
        if (!TRANSACTIONS || !AfterCommit.register(() -> sync.accept(customer))) {
            sync.accept(customer);
        }
    }

    /** Apart, because a host may lack spring-tx. */
    private static final class AfterCommit implements TransactionSynchronization {

        private final Runnable action;

        private AfterCommit(Runnable action) {
            this.action = action;
        }

        static boolean register(Runnable action) {
            boolean inTransaction = TransactionSynchronizationManager.isSynchronizationActive()
                    && TransactionSynchronizationManager.isActualTransactionActive();
            if (inTransaction) {
                TransactionSynchronizationManager.registerSynchronization(new AfterCommit(action));
            }
            return inTransaction;
        }

        @Override
        public void afterCommit() {
            action.run();
        }
    }
}
