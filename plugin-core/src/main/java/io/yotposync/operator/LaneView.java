package io.yotposync.operator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How this node gets on with one store at the moment.
 *
 * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
 * @param inFlight customers being sent
 * @param rate requests a second at the moment; 0 for no limit
 * @param permittedRate as configured; 0 for no limit
 * @param waitUntil no request before, as Yotpo asked; {@code null} for none
 * @param tokenAge of the access token; {@code null} without one
 */
public record LaneView(
        String breaker,
        int inFlight,
        double rate,
        double permittedRate,
        @Nullable Instant waitUntil,
        @Nullable Duration tokenAge) {}
