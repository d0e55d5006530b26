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
}
