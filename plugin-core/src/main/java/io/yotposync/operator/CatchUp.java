package io.yotposync.operator;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the shop's customers, or asks Yotpo back, on an operator's wish. Thread-safe; every method but
 * {@link #progress} may do I/O, none waits for a whole pass. What it answers carries no personal data.
 */
public interface CatchUp {

    /**
     * How far a pass has come.
     *
     * @param state {@code RUNNING}, {@code DONE}, {@code STOPPED} or {@code FAILED}
     * @param done customers looked at
     * @param total customers there are, -1 if not known
     * @param secondsLeft as it looks at the moment
     */
    record Progress(
            String state,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Long secondsLeft) {}

    /** Starts a pass over all customers, or answers the one that runs. */
    Progress start(StoreKey store);

    /** Ends a pass; what it handed over stays. */
    Progress stop(StoreKey store);

    /** Of the running pass or the last one; {@code null} if there was none. */
    @Nullable
    Progress progress(StoreKey store);

    /** Counts what a pass would do, and does nothing. */
    Map<String, Object> dryRun(StoreKey store);

    /** Compares what Yotpo shows of a customer with what it acknowledged; names of fields, never values. */
    Map<String, Object> readBack(CustomerKey customer);

    /** Sends a customer once more though Yotpo has acknowledged the same; {@code false} if there is none. */
    boolean resend(CustomerKey customer);

    /** There is no way to read customers: everything but {@link #progress} says so by an exception. */
    static CatchUp absent() {
        return new AbsentCatchUp();
    }
}
