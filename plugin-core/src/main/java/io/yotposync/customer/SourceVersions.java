package io.yotposync.customer;

/** The order of one customer's states, as told by the host's own update times in epoch milliseconds. */
public final class SourceVersions {

    private static final long SECOND = 1000;

    private SourceVersions() {}

    /**
     * The highest version that a state of this version may replace. A host that keeps whole seconds only, or reads back
     * what its database rounded, must not lose against the milliseconds of the same second.
     */
    public static long outranksUpTo(long sourceVersion) {
        return sourceVersion % SECOND == 0 ? sourceVersion + SECOND - 1 : sourceVersion;
    }
}
