package io.yotposync.customer;

import java.time.Duration;
import java.time.Instant;

/** The order of one customer's states, as told by the host's own update times in epoch milliseconds. */
public final class SourceVersions {

    private static final long SECOND = 1000;

    /** By how much the clocks of a host and its nodes differ at most. */
    private static final Duration SKEW = Duration.ofHours(1);

    /** By how much those of two nodes do. */
    private static final Duration BETWEEN_NODES = Duration.ofMinutes(5);

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private SourceVersions() {}

    /** The version of a state that was last changed at this moment; a moment out of range counts as unknown. */
    static long of(Instant updatedAt) {
        boolean countable = updatedAt.isAfter(Instant.EPOCH) && updatedAt.isBefore(LATEST);
        return countable ? updatedAt.toEpochMilli() : 0;
    }

    /**
     * The version to order a state by.
     *
     * @param told by the host, 0 if it told none
     * @param now on the host's clock. A version ahead of it by more than clocks differ is cut back, or no later state
     *     could ever replace the one that claims it
     */
    public static long orderable(long told, Instant now) {
        return told > 0 ? Math.min(told, latest(now)) : untold(now);
    }

    /**
     * Whether no state can bear this version yet, on any node: a clock told it that was put back since. It orders nothing, or
     * no state of the customer would be taken before that time comes.
     */
    public static boolean isAhead(long version, Instant now) {
        return version > latest(now.plus(BETWEEN_NODES));
    }

    private static long latest(Instant now) {
        return now.plus(SKEW).toEpochMilli();
    }

    /**
     * The version of a state that was said to be saved at this moment, without a time of its own: the second. A host that
     * does not know the time of its first save tells it with the next one, a little before or after.
     */
    static long untold(Instant said) {
        return said.getEpochSecond() * SECOND;
    }

    /** The version of a state that was read at this moment, without a time of its own: below that of any save since. */
    public static long read(Instant at) {
        return untold(at) - 1;
    }

    /**
     * The highest version that a state of this version may replace. A host that keeps whole seconds only, or reads back
     * what its database rounded, must not lose against the milliseconds of the same second.
     */
    public static long outranksUpTo(long sourceVersion) {
        return sourceVersion % SECOND == 0 ? sourceVersion + SECOND - 1 : sourceVersion;
    }
}
