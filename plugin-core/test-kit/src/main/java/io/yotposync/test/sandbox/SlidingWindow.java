package io.yotposync.test.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** At most so many requests in any one second; not thread-safe. */
final class SlidingWindow {

    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final Deque<Instant> taken = new ArrayDeque<>();
    private int limit;

    SlidingWindow(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** 0 for no limit. */
    void limit(int requestsPerSecond) {
        limit = requestsPerSecond;
    }

    void clear() {
        taken.clear();
    }

    boolean tryTake(Instant now) {
        Instant horizon = now.minus(LENGTH);
        for (Instant first = taken.peekFirst(); first != null && !first.isAfter(horizon); first = taken.peekFirst()) {
            taken.removeFirst();
        }
        if (limit > 0 && taken.size() >= limit) {
            return false;
        }
        if (limit > 0) {
            taken.addLast(now);
        }
        return true;
    }

    /** Yotpo's headers; none where there is no limit. */
    Map<String, String> headers(Instant now) {
        if (limit == 0) {
            return Map.of();
        }
        return Map.of(
                "RateLimit-Remaining", String.valueOf(Math.max(0, limit - taken.size())),
                "RateLimit-Reset", String.valueOf(wholeSecondsUntilRoom(now)));
    }

    private long wholeSecondsUntilRoom(Instant now) {
        @Nullable Instant oldest = taken.peekFirst();
        if (oldest == null) {
            return 0;
        }
        Duration wait = Duration.between(now, oldest.plus(LENGTH));
        return wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0);
    }
}
