package io.yotposync.client;

import java.time.Duration;
import java.time.Instant;

/** The answer to a token call. */
sealed interface TokenReply {

    /** When it came. */
    Instant at();

    /** @param token never logged */
    record Issued(String token, Instant at) implements TokenReply {

        @Override
        public String toString() {
            return "Issued[PRESENT]";
        }
    }

    /** @param failure what the customer's request comes to without a token */
    record Failed(Outcome failure, Instant at) implements TokenReply {}

    /** Whether it came so short ago; no if the clock was put back since. */
    default boolean isYoungerThan(Duration age, Instant now) {
        Duration passed = Duration.between(at(), now);
        return !passed.isNegative() && passed.compareTo(age) < 0;
    }
}
