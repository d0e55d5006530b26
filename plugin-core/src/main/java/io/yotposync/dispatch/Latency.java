package io.yotposync.dispatch;

/** What is a usual time between request and answer, as TCP estimates it; nanoseconds. Not thread-safe. */
final class Latency {

    private static final long MILLI = 1_000_000L;
    private static final long LEAST_JITTER = MILLI;
    private static final long MOST_JITTER = 16 * MILLI;

    private double mean;
    private double deviation;

    void took(long nanos) {
        // A single stall must not pass for the usual; a lasting change does, within a few answers.
        double sample = Math.min((double) nanos, 1.5 * usual() + 5 * MILLI);
        double error = sample - mean;
        deviation = mean == 0 ? sample / 2 : deviation + (Math.abs(error) - deviation) / 16;
        mean = mean == 0 ? sample : mean + error / 8;
    }

    private double usual() {
        return mean + 4 * deviation;
    }

    /** How much longer than usual. */
    long excess(long nanos) {
        return Math.max(0, nanos - Math.round(usual()));
    }

    /** By how much arrivals are likely to differ from departures. */
    long jitter() {
        return Math.min(MOST_JITTER, Math.max(LEAST_JITTER, Math.round(4 * deviation)));
    }
}
