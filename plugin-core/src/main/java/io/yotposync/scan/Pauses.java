package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** For how long each scan rests. Used on the scanning thread. */
final class Pauses {

    private final Map<ScanJob, Pause> pauses = new HashMap<>();

    private record Pause(Instant since, Duration length) {

        private Duration left(Instant now) {
            Duration gone = Duration.between(since, now);
            boolean over = gone.isNegative() || gone.compareTo(length) >= 0; // or the clock was put back
            return over ? Duration.ZERO : length.minus(gone);
        }
    }

    void begin(ScanJob job, Duration length, Instant now) {
        pauses.put(job, new Pause(now, length));
    }

    /** Zero if the scan may go on. */
    Duration left(ScanJob job, Instant now) {
        Pause pause = pauses.get(job);
        return pause == null ? Duration.ZERO : pause.left(now);
    }
}
