package io.yotposync.dispatch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing waits with full jitter: the n-th lies anywhere between half and all of {@code first × 2ⁿ}, never above the
 * longest.
 *
 * @param random yields 0 to 1
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    private static final int MAX_DOUBLINGS = 30;

    /** @param failures how many there were before this one, from 0 */
    Duration after(int failures) {
        double ceiling = (double) first.toMillis() * Math.scalb(1.0, Math.min(Math.max(failures, 0), MAX_DOUBLINGS));
        double capped = Math.min(ceiling, (double) longest.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(capped * (0.5 + random.getAsDouble() / 2))));
    }
}
