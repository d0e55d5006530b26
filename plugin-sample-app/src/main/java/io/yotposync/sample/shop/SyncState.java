package io.yotposync.sample.shop;

import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LedgerRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands in one store.
 *
 * @param state in one word: {@code pending}, {@code refused}, {@code none} or that it was delivered
 * @param why the last failure or a note, {@code null} if there is nothing to tell
 * @param attempts how often the last state was tried
 * @param deliveredAt when Yotpo last accepted a state
 */
record SyncState(
        String store,
        String state,
        @Nullable String why,
        int attempts,
        @Nullable Instant deliveredAt) {

    static SyncState none(String store) {
        return new SyncState(store, "none", null, 0, null);
    }

    static SyncState of(LedgerRow row) {
        String state = switch (row.status()) {
            case PENDING -> "pending";
            case IN_SYNC -> "delivered";
            case PARKED -> "refused";
        };
        return new SyncState(row.key().store().value(), state, why(row), row.attempts(), row.acknowledgedAt());
    }

    private static @Nullable String why(LedgerRow row) {
        Failure failure = row.failure();
        if (failure == null) {
            return row.note();
        }
        String status = failure.status() == 0 ? "" : failure.status() + " ";
        return status + failure.reason() + " – " + failure.kind().fix(row.key().store());
    }
}
