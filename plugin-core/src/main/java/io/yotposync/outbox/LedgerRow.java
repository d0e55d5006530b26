package io.yotposync.outbox;

import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about one customer in one store; no personal data.
 *
 * @param acknowledged the fingerprint of the last state that Yotpo acknowledged, {@code null} if it never did
 * @param attempts how often the desired state was tried
 * @param nextAttemptAt when a pending row is due
 * @param leasedUntil until when a sender holds it, {@code null} if none does
 * @param failure of the last try, {@code null} after success
 * @param note of the last acknowledgement, such as a field that was left out
 * @param acknowledgedAt when Yotpo last said 2xx
 * @param formerContacts how many contacts this customer was identified by before, each a profile that Yotpo keeps
 */
public record LedgerRow(
        CustomerKey key,
        LedgerStatus status,
        Fingerprint desired,
        @Nullable Fingerprint acknowledged,
        long sourceVersion,
        int attempts,
        Instant nextAttemptAt,
        @Nullable Instant leasedUntil,
        @Nullable Failure failure,
        @Nullable String note,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant acknowledgedAt,
        int formerContacts) {

    private static final Failure UNTOLD = new Failure(FailureClass.OURS, 0, "no reason was written down");

    /** Why it was refused, also where nothing says so. */
    public Failure refusal() {
        return failure == null ? UNTOLD : failure;
    }
}
