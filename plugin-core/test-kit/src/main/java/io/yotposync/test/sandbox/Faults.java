package io.yotposync.test.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong in a store. Every part may be left out.
 *
 * @param next the next requests that fail, token calls included
 * @param dropEvery one upsert in so many is accepted and then forgotten; 0 for none
 * @param latencyMillis how long every answer is held back
 * @param refuse how to refuse a customer, by external id
 */
public record Faults(@Nullable Failing next, int dropEvery, long latencyMillis, Map<String, Refusal> refuse) {

    public static final Faults NONE = new Faults(null, 0, 0, Map.of());

    public Faults {
        refuse = refuse == null ? Map.of() : Map.copyOf(refuse);
        if (dropEvery < 0 || latencyMillis < 0) {
            throw new IllegalArgumentException("dropEvery and latencyMillis must not be negative");
        }
    }

    /**
     * A number of requests that fail.
     *
     * @param only {@code GET}, {@code PATCH} or {@code POST}; all if left out
     */
    public record Failing(
            int count,
            int status,
            @Nullable String only,
            Map<String, String> headers,
            @Nullable String body,
            long delayMillis) {

        public Failing {
            headers = headers == null ? Map.of() : Map.copyOf(headers);
            if (count < 0 || delayMillis < 0 || status < 200 || status > 599) {
                throw new IllegalArgumentException("count and delayMillis must not be negative, status 200 to 599");
            }
        }

        public static Failing times(int count, int status) {
            return new Failing(count, status, null, Map.of(), null, 0);
        }

        Failing oneLess() {
            return new Failing(count - 1, status, only, headers, body, delayMillis);
        }
    }

    /** The answer to one customer's upserts. */
    public record Refusal(int status, @Nullable String message) {}

    public static Faults failNext(int count, int status) {
        return NONE.withNext(Failing.times(count, status));
    }

    public Faults withNext(@Nullable Failing value) {
        return new Faults(value, dropEvery, latencyMillis, refuse);
    }
}
