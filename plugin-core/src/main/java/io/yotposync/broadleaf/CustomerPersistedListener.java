package io.yotposync.broadleaf;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.source.Rereads;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;

/**
 * Hears that Broadleaf saved a customer. Runs on the saving thread after commit, or on the host's event executor; copies
 * what it needs at once, and never throws: an exception from here would reach the shopper.
 */
public final class CustomerPersistedListener implements ApplicationListener<CustomerPersistedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerPersistedListener.class);

    private final CustomerReader reader;
    private final CustomerSync sync;
    private final SyncListener listener;
    private final Rereads rereads;

    public CustomerPersistedListener(CustomerReader reader, CustomerSync sync, SyncListener listener, Rereads rereads) {
        this.reader = reader;
        this.sync = sync;
        this.listener = listener;
        this.rereads = rereads;
    }

    @Override
    public void onApplicationEvent(CustomerPersistedEvent event) {
        try {
            CustomerSnapshot customer = reader.read(event.getCustomer());
            sync.accept(customer);
            if (customer.partial()) {
                rereads.remember(customer);
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError fault) {
            LOG.warn(
                    "Yotpo sync: a saved customer could not be read: {}",
                    fault.getClass().getName());
            failed(event);
        }
    }

    private void failed(CustomerPersistedEvent event) {
        try {
            listener.skipped(null, idOf(event), SkipReason.FAILED);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError fault) {
            LOG.warn("Yotpo sync: a listener failed with {}", fault.getClass().getName());
        }
    }

    private static String idOf(CustomerPersistedEvent event) {
        try {
            return String.valueOf(event.getCustomer().getId());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError unreadable) {
            return "unknown";
        }
    }
}
