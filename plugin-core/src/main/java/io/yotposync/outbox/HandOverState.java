package io.yotposync.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a hand-over stands at a moment.
 *
 * @param waiting customers whose state is taken and not yet written
 * @param capacity at most this many may wait
 * @param failingSince since when every write fails, or since when one hangs; {@code null} if the last one succeeded
 * @param fullAt when a customer last found no room; {@code null} if all did
 */
public record HandOverState(
        int waiting,
        int capacity,
        @Nullable Instant failingSince,
        @Nullable Instant fullAt) {}
