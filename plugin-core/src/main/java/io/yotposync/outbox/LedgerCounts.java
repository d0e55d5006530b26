package io.yotposync.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many customers of a store stand where.
 *
 * @param oldestPending when the row that has been pending longest became so, {@code null} if none is
 */
public record LedgerCounts(
        long pending, long inSync, long parked, @Nullable Instant oldestPending) {

    public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, null);

    /** Both together. */
    public LedgerCounts plus(LedgerCounts other) {
        return new LedgerCounts(
                pending + other.pending,
                inSync + other.inSync,
                parked + other.parked,
                earlier(oldestPending, other.oldestPending));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
