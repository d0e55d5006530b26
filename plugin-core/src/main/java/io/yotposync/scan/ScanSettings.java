package io.yotposync.scan;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;

/**
 * How scans go about their work.
 *
 * @param consent whether a backfill may send a consent that Yotpo was not told before, or told otherwise
 * @param tripwire what makes a scan stop and ask
 */
public record ScanSettings(Pace pace, boolean consent, CatchUp catchUp, Leavers leavers, Tripwire tripwire) {

    /**
     * How a scan goes through customers.
     *
     * @param batch customers read and written at once
     * @param pause between two batches of a backfill or an urgent sweep
     * @param backlog how many customers of a store may be pending before a scan waits for them to be sent
     */
    public record Pace(int batch, Duration pause, int backlog) {

        public Pace {
            if (batch < 1 || batch > 5000) {
                throw new InvalidSettingException("scan.batch", "must be 1 to 5000", "200 suits most shops.");
            }
            if (backlog < 1) {
                throw new InvalidSettingException("scan.backlog", "must be at least 1", "1000 suits most shops.");
            }
            notNegative("scan.pause", pause);
        }
    }

    /**
     * What comes round by itself.
     *
     * @param changesEvery how often the host is asked what it changed lately
     * @param overlap how much further back than the last time, for transactions that were long and clocks that differ
     * @param sweepEvery how often all customers are looked at for what the host's update time does not tell
     * @param sweepPause between two batches of a sweep
     */
    public record CatchUp(Duration changesEvery, Duration overlap, Duration sweepEvery, Duration sweepPause) {

        public CatchUp {
            positive("catch-up.interval", changesEvery);
            notNegative("catch-up.overlap", overlap);
            positive("catch-up.sweep-every", sweepEvery);
            notNegative("catch-up.sweep-pause", sweepPause);
        }
    }

    /**
     * Customers that are gone or were made anonymous.
     *
     * @param tell what Yotpo is told of them
     * @param grace how long a row must have been left alone before a missing customer counts as gone
     * @param retention how long a row is kept after its customer is gone, or nothing identifies it
     */
    public record Leavers(Leaving tell, Duration grace, Duration retention) {

        public Leavers {
            notNegative("deletes.grace", grace);
            notNegative("deletes.retention", retention);
        }

        boolean areDisabled() {
            return tell == Leaving.DISABLE;
        }
    }

    /** What Yotpo is told of a customer that is gone. */
    public enum Leaving {
        /** {@code account_status: disabled}; Yotpo documents no call that deletes a customer. */
        DISABLE,
        /** Nothing. */
        IGNORE
    }

    public static final ScanSettings DEFAULTS = new ScanSettings(
            new Pace(200, Duration.ofMillis(100), 1000),
            false,
            new CatchUp(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(2)),
            new Leavers(Leaving.DISABLE, Duration.ofMinutes(10), Duration.ofDays(30)),
            Tripwire.DEFAULTS);

    public ScanSettings withPace(Pace value) {
        return new ScanSettings(value, consent, catchUp, leavers, tripwire);
    }

    public ScanSettings withConsent(boolean value) {
        return new ScanSettings(pace, value, catchUp, leavers, tripwire);
    }

    public ScanSettings withLeavers(Leavers value) {
        return new ScanSettings(pace, consent, catchUp, value, tripwire);
    }

    public ScanSettings withTripwire(Tripwire value) {
        return new ScanSettings(pace, consent, catchUp, leavers, value);
    }

    /**
     * How long a row must have been left alone before the host's older update time is believed: of two transactions the one
     * that committed last may have taken its time first. Enough shorter than {@link CatchUp#overlap} that a scan for
     * changes still finds it.
     */
    Duration patience() {
        Duration half = catchUp.overlap().dividedBy(2);
        return half.compareTo(leavers.grace()) < 0 ? half : leavers.grace();
    }

    ScanCounts flags() {
        return consent ? ScanCounts.NONE.with(Tally.WITH_CONSENT, 1) : ScanCounts.NONE;
    }

    private static void positive(String setting, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidSettingException(setting, "must be longer than nothing", "Give a duration such as 5m.");
        }
    }

    private static void notNegative(String setting, Duration value) {
        if (value.isNegative()) {
            throw new InvalidSettingException(setting, "must not be negative", "Give a duration such as 5m.");
        }
    }
}
