package io.yotposync.autoconfigure.capture;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import java.time.Clock;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.util.ClassUtils;

/**
 * Hears {@link CustomerSaved}. Inside a transaction the customer is taken up with or after its commit, and not at
 * all after a rollback.
 */
final class CustomerSavedListener implements ApplicationListener<PayloadApplicationEvent<CustomerSaved>> {

    private static final boolean TRANSACTIONS = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            CustomerSavedListener.class.getClassLoader());

    private final SavedInTransaction.Ways ways;
    private final UnsaidPaths paths;
    private final Clock clock;

    CustomerSavedListener(SavedInTransaction.Ways ways, UnsaidPaths paths, Clock clock) {
        this.ways = ways;
        this.paths = paths;
        this.clock = clock;
    }

    /** The transaction is the publishing thread's. Of Spring 6.1 and later. */
    @SuppressWarnings("MissingOverride")
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<CustomerSaved> event) {
        CustomerSnapshot customer = event.getPayload().customer();
        paths.look(customer);
        if (!TRANSACTIONS || !SavedInTransaction.add(customer, clock.instant(), ways)) {
            ways.sync().accept(customer);
        }
    }
}
