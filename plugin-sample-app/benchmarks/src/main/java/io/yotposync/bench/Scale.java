package io.yotposync.bench;

import java.time.Duration;

/**
 * How much is measured. Smoke says only that the benchmarks still run: its figures mean nothing.
 *
 * @param seconds for one figure
 * @param repetitions of each figure
 * @param rows of the largest table or map
 */
record Scale(boolean smoke, int seconds, int repetitions, int rows) {

    static Scale full() {
        return new Scale(false, 5, 3, 1_000_000);
    }

    static Scale tiny() {
        return new Scale(true, 1, 1, 2_000);
    }

    Duration length() {
        return smoke ? Duration.ofMillis(200) : Duration.ofSeconds(seconds);
    }

    /** The one in a full run, the other in smoke. */
    int of(int full, int inSmoke) {
        return smoke ? inSmoke : full;
    }
}
