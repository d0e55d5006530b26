package io.yotposync.autoconfigure.capture;

import io.yotposync.capture.BrokenTransactionException;
import io.yotposync.capture.Captured;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one transaction has of our rows. They are written once, in its last flush or before its commit. */
final class RowsInTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(RowsInTransaction.class);

    private final @Nullable CaptureOfEvents capture;
    private boolean arranged;
    private boolean elsewhere;
    private @Nullable Captured captured;

    /** @param capture {@code null} where all is handed over after the commit, and nothing is written here */
    RowsInTransaction(@Nullable CaptureOfEvents capture) {
        this.capture = capture;
    }

    void inFlush(Runnable write) {
        guarded(atomic -> arranged = atomic.inFlush(write));
    }

    void beforeCommit(Runnable write) {
        if (!arranged) {
            guarded(atomic -> atomic.beforeCommit(write));
        }
    }

    void write(Supplier<List<CustomerSnapshot>> customers) {
        guarded(atomic -> {
            elsewhere = EndingTransaction.isElsewhere();
            captured = atomic.write(customers.get());
        });
    }

    boolean areWritten() {
        return captured != null;
    }

    /**
     * Rows that are kept if the host's are. Of JTA's transaction nobody tells whether the pool takes part in it: what was
     * written there is handed over as well, which changes nothing where it was kept.
     */
    @Nullable
    Captured kept() {
        return captured != null && captured.isWritten() && !elsewhere ? captured : null;
    }

    private void guarded(Consumer<CaptureOfEvents> part) {
        if (capture == null) {
            return;
        }
        try {
            part.accept(capture);
        } catch (BrokenTransactionException broken) {
            throw broken;
        } catch (Throwable fault) {
            LOG.warn(
                    "Yotpo sync: customers could not be captured in the host's transaction: {}",
                    fault.getClass().getName());
        }
    }
}
