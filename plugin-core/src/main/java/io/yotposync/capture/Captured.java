package io.yotposync.capture;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Desired;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a transaction has of our rows, until it ends. */
public final class Captured {

    private static final Logger LOG = LoggerFactory.getLogger(Captured.class);

    private final AtomicCapture capture;
    private final List<Desired> states;
    private final boolean written;
    private final List<CustomerSnapshot> unread;

    Captured(AtomicCapture capture, List<Desired> states, boolean written, List<CustomerSnapshot> unread) {
        this.capture = capture;
        this.states = states;
        this.written = written;
        this.unread = unread;
    }

    /** Whether every customer's state is part of the transaction, or is not for Yotpo. */
    public boolean isWritten() {
        return written && unread.isEmpty();
    }

    /**
     * The transaction was committed: rows are sent, what could not be written is handed over, and who could not be read
     * is read again. Never throws.
     */
    public void committed() {
        states.forEach(state -> guarded(() -> capture.committed(state, written)));
        unread.forEach(customer -> guarded(() -> capture.committedUnread(customer)));
    }

    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (Throwable fault) {
            LOG.warn(
                    "Yotpo sync: what follows the host's commit failed: {}",
                    fault.getClass().getName());
        }
    }
}
