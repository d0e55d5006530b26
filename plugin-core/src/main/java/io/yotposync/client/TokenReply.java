package io.yotposync.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a token call: a token, or else why there is none.
 *
 * @param token never logged
 * @param failure what the customer's request comes to without a token
 * @param at when it came
 */
record TokenReply(@Nullable String token, @Nullable Outcome failure, Instant at) {

    static TokenReply of(String token, Instant at) {
        return new TokenReply(token, null, at);
    }

    static TokenReply failed(Outcome why, Instant at) {
        return new TokenReply(null, why, at);
    }

    /** Whether it came so short ago; no if the clock was put back since. */
    boolean isYoungerThan(Duration age, Instant now) {
        Duration passed = Duration.between(at, now);
        return !passed.isNegative() && passed.compareTo(age) < 0;
    }

    @Override
    public String toString() {
        return "TokenReply[" + (token == null ? failure : "PRESENT") + "]";
    }
}
