package io.yotposync.outbox;

import java.time.Duration;

/**
 * How states are written in groups.
 *
 * @param capacity at most this many customers may wait; each costs about the size of its payload
 * @param maxBatch at most this many states in one write
 * @param firstRetry how long to wait after a write failed, doubled with each further failure
 * @param longestRetry the longest wait
 */
public record GroupCommitSettings(int capacity, int maxBatch, Duration firstRetry, Duration longestRetry) {

    public static final int DEFAULT_CAPACITY = 20_000;
    public static final int DEFAULT_MAX_BATCH = 500;
    public static final Duration DEFAULT_FIRST_RETRY = Duration.ofMillis(100);
    public static final Duration DEFAULT_LONGEST_RETRY = Duration.ofSeconds(5);

    public GroupCommitSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1");
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be at least 1");
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("firstRetry must be positive and at most longestRetry");
        }
    }

    public static GroupCommitSettings standard() {
        return new GroupCommitSettings(DEFAULT_CAPACITY, DEFAULT_MAX_BATCH, DEFAULT_FIRST_RETRY, DEFAULT_LONGEST_RETRY);
    }

    public GroupCommitSettings withCapacity(int value) {
        return new GroupCommitSettings(value, maxBatch, firstRetry, longestRetry);
    }

    public GroupCommitSettings withMaxBatch(int value) {
        return new GroupCommitSettings(capacity, value, firstRetry, longestRetry);
    }

    public GroupCommitSettings withRetries(Duration first, Duration longest) {
        return new GroupCommitSettings(capacity, maxBatch, first, longest);
    }

    Duration wait(int failures) {
        Duration wait = firstRetry;
        for (int i = 1; i < failures && wait.compareTo(longestRetry) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }
}
