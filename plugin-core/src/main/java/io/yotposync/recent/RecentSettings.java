package io.yotposync.recent;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;

/**
 * What a node remembers of recent saves.
 *
 * @param maxSize how many customers are remembered; 0 remembers none
 * @param ttl how long after the last change, at most 365 days
 */
public record RecentSettings(long maxSize, Duration ttl) {

    // Before the defaults, whose constructor needs it.
    private static final Duration MAX_TTL = Duration.ofDays(365);

    public static final RecentSettings DEFAULTS = new RecentSettings(100_000, Duration.ofHours(24));

    public RecentSettings {
        if (maxSize < 0) {
            throw new InvalidSettingException("recent.max-size", "must not be negative", "0 remembers nobody.");
        }
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(MAX_TTL) > 0) {
            throw new InvalidSettingException(
                    "recent.ttl", "must be longer than nothing and at most 365 days", "Give a duration such as 24h.");
        }
    }
}
