package io.yotposync.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How this node gets on with one store; a snapshot, each part a moment apart. Neither personal data nor secrets.
 *
 * @param inFlight customers being sent
 * @param requests made since the start, for tokens and read-back too
 * @param rate requests a second that are allowed at the moment; 0 for no limit
 * @param permittedRate as configured; 0 for no limit
 * @param waitUntil no request before, as Yotpo asked, or while it does not answer; {@code null} for none
 * @param tokenAge of the access token; {@code null} without one
 */
public record LaneStatus(
        Breaker breaker,
        int inFlight,
        long requests,
        double rate,
        double permittedRate,
        @Nullable Instant waitUntil,
        @Nullable Duration tokenAge) {

    /** The circuit breaker's states. */
    public enum Breaker {
        /** Sends go through. */
        CLOSED,
        /** The store does not answer; nothing is sent for a while. */
        OPEN,
        /** A single send is to show whether it answers again. */
        HALF_OPEN
    }
}
