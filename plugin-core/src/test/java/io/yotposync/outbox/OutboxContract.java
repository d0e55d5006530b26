package io.yotposync.outbox;

import org.junit.jupiter.api.BeforeEach;

/**
 * What every outbox keeps, subject by subject; an implementation has one class that extends this and runs them all. A
 * subject that is not named here is not tried.
 */
@SuppressWarnings("NullAway.Init")
public abstract class OutboxContract
        implements DesiredStateContract,
                ClaimContract,
                LaneContract,
                AcknowledgementContract,
                RetryContract,
                ParkingContract,
                RivalsContract,
                QueryContract,
                ScanContract {

    private Outbox outbox;

    /** An empty outbox with room for all that these tests put into it. */
    protected abstract Outbox emptyOutbox();

    @Override
    @BeforeEach
    public final void begin() {
        outbox = emptyOutbox();
    }

    @Override
    public final Outbox outbox() {
        return outbox;
    }

    /** To be given to every outbox that is tested. */
    protected static FieldDigest fields() {
        return (claim, before) -> "fields of " + claim.payload().length() + (before == null ? "" : " after " + before);
    }
}
