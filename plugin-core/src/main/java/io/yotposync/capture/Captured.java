package io.yotposync.capture;

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

    Captured(AtomicCapture capture, List<Desired> states, boolean written) {
        this.capture = capture;
        this.states = states;
        this.written = written;
    }

    /** Whether every customer's state is part of the transaction, or is not for Yotpo. */
    public boolean isWritten() {
        return written;
    }

    /** The transaction was committed: rows are sent, and what could not be written is handed over. Never throws. */
    public void committed() {
        for (Desired state : states) {
            try {
                capture.committed(state, written);
            } catch (Throwable fault) {
                LOG.warn(
                        "Yotpo sync: after the host's commit: {}",
                        fault.getClass().getName());
            }
        }
    }
}
