package io.yotposync.broadleaf;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.CustomerFaults;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.source.Rereads;
import java.util.function.Predicate;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hears that Broadleaf saved a customer. Runs on the saving thread after commit, or on the host's event executor; copies
 * what it needs at once, and never throws: an exception from here would reach the shopper. On the executor's threads
 * there is no transaction, and the customer's session may still be at work on the saving one: nothing lazy is loaded.
 * The host's own code may publish the event before the commit: a rollback then discards what it says.
 */
public final class CustomerPersistedListener implements ApplicationListener<CustomerPersistedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerPersistedListener.class);

    private final CustomerReader reader;
    private final CustomerSync sync;
    private final SyncListener listener;
    private final CustomerFaults faults = new CustomerFaults(CustomerPersistedListener.class, "read");
    private final Rereads rereads;
    private final Predicate<? super Customer> alreadyCaptured;

    public CustomerPersistedListener(CustomerReader reader, CustomerSync sync, SyncListener listener, Rereads rereads) {
        this(reader, sync, listener, rereads, customer -> false);
    }

    /** @param alreadyCaptured whether the saved state was written in the host's own transaction */
    public CustomerPersistedListener(
            CustomerReader reader,
            CustomerSync sync,
            SyncListener listener,
            Rereads rereads,
            Predicate<? super Customer> alreadyCaptured) {
        this.alreadyCaptured = alreadyCaptured;
        this.reader = reader;
        this.sync = sync;
        this.listener = listener;
        this.rereads = rereads;
    }

    @Override
    public void onApplicationEvent(CustomerPersistedEvent event) {
        try {
            Customer customer = event.getCustomer();
            if (alreadyCaptured.test(customer)) {
                return;
            }
            CustomerSnapshot snapshot = TransactionSynchronizationManager.isActualTransactionActive()
                    ? reader.read(customer)
                    : reader.readLoaded(customer);
            EndOfTransaction end = new EndOfTransaction(
                    () -> guarded(event, () -> committed(event, snapshot)),
                    () -> guarded(event, () -> rereads.rememberUnsure(snapshot, sync::leaveToCatchUp)));
            if (!end.awaited()) {
                handOver(snapshot);
            }
        } catch (Throwable fault) {
            failed(event, fault);
        }
    }

    /** What came through would be in the host's log, words and all. */
    private void guarded(CustomerPersistedEvent event, Runnable work) {
        try {
            work.run();
        } catch (Throwable fault) {
            failed(event, fault);
        }
    }

    private void committed(CustomerPersistedEvent event, CustomerSnapshot snapshot) {
        if (!alreadyCaptured.test(event.getCustomer())) {
            handOver(snapshot);
        }
    }

    private void handOver(CustomerSnapshot snapshot) {
        sync.accept(snapshot);
        if (snapshot.partial()) {
            rereads.remember(snapshot);
        }
    }

    private void failed(CustomerPersistedEvent event, Throwable reading) {
        String id = idOf(event);
        String named = id == null ? "unknown" : id;
        try {
            faults.tell(null, named, reading);
            listener.skipped(null, named, SkipReason.FAILED);
            if (id != null) {
                rereads.remember(reader.unread(event.getCustomer()));
            }
        } catch (Throwable fault) {
            LOG.warn("Yotpo sync: a listener failed with {}", fault.getClass().getName());
        }
    }

    private static @Nullable String idOf(CustomerPersistedEvent event) {
        try {
            Long id = event.getCustomer().getId();
            return id == null ? null : String.valueOf(id);
        } catch (Throwable unreadable) {
            return null;
        }
    }
}
