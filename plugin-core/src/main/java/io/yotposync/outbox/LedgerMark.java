package io.yotposync.outbox;

import io.yotposync.payload.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a scan compares a customer with; no personal data.
 *
 * @param acknowledged the fingerprint of the last state that Yotpo acknowledged, {@code null} if it never did
 * @param acknowledgedFields one short keyed hash a field of that state, and what earlier ones told of the person, as made
 *     by {@link FieldDigest}
 * @param updatedAt when the row last changed
 * @param tried whether Yotpo may have taken a state that it was not heard to acknowledge
 * @param superseded whether Yotpo takes another customer for this one, who was changed later
 */
public record LedgerMark(
        LedgerStatus status,
        Fingerprint desired,
        @Nullable Fingerprint acknowledged,
        @Nullable String acknowledgedFields,
        long sourceVersion,
        Instant updatedAt,
        @Nullable Instant acknowledgedAt,
        boolean tried,
        boolean superseded) {

    /** Whether Yotpo may have the customer. */
    public boolean mayBeAtYotpo() {
        return acknowledgedAt != null || tried;
    }
}
