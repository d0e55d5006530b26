package io.yotposync.scan;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;

/**
 * How scans go about their work.
 *
 * @param batch customers read and written at once
 * @param pause between two batches of a backfill or an urgent sweep
 * @param backlog how many customers of a store may be pending before a scan waits for them to be sent
 * @param consent whether a backfill may send a consent that Yotpo was not told before, or told otherwise
 * @param changesEvery how often the host is asked what it changed lately
 * @param overlap how much further back than the last time, for transactions that were long and clocks that differ
 * @param sweepEvery how often all customers are looked at for what the host's update time does not tell
 * @param sweepPause between two batches of a sweep
 * @param grace how long a row must have been left alone before a missing customer counts as gone
 * @param leavers what Yotpo is told of customers that are gone or were made anonymous
 * @param retention how long a row is kept after its customer is gone, or nothing identifies it
 * @param tripwire what makes a scan stop and ask
 */
public record ScanSettings(
        int batch,
        Duration pause,
        int backlog,
        boolean consent,
        Duration changesEvery,
        Duration overlap,
        Duration sweepEvery,
        Duration sweepPause,
        Duration grace,
        Leaving leavers,
        Duration retention,
        Tripwire tripwire) {

    /**
     * How long a row must have been left alone before the host's older update time is believed: of two transactions the one
     * that committed last may have taken its time first. So much shorter than what changes are looked back for that one of
     * their scans finds it.
     */
    Duration patience() {
        Duration half = overlap.dividedBy(2);
        return half.compareTo(grace) < 0 ? half : grace;
    }

    /** What Yotpo is told of a customer that is gone. */
    public enum Leaving {
        /** {@code account_status: disabled}; it has no call that deletes a customer. */
        DISABLE,
        /** Nothing. */
        IGNORE
    }

    public static final ScanSettings DEFAULTS = new ScanSettings(
            200,
            Duration.ofMillis(100),
            1000,
            false,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            Leaving.DISABLE,
            Duration.ofDays(30),
            Tripwire.DEFAULTS);

    public ScanSettings {
        if (batch < 1 || batch > 5000) {
            throw new InvalidSettingException("scan.batch", "must be 1 to 5000", "200 suits most shops.");
        }
        if (backlog < 1) {
            throw new InvalidSettingException("scan.backlog", "must be at least 1", "1000 suits most shops.");
        }
        notNegative("scan.pause", pause);
        positive("catch-up.interval", changesEvery);
        notNegative("catch-up.overlap", overlap);
        positive("catch-up.sweep-every", sweepEvery);
        notNegative("catch-up.sweep-pause", sweepPause);
        notNegative("deletes.grace", grace);
        notNegative("deletes.retention", retention);
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

    public ScanSettings withBatch(int size, Duration between, int pending) {
        return new ScanSettings(
                size,
                between,
                pending,
                consent,
                changesEvery,
                overlap,
                sweepEvery,
                sweepPause,
                grace,
                leavers,
                retention,
                tripwire);
    }

    public ScanSettings withTripwire(Tripwire value) {
        return new ScanSettings(
                batch,
                pause,
                backlog,
                consent,
                changesEvery,
                overlap,
                sweepEvery,
                sweepPause,
                grace,
                leavers,
                retention,
                value);
    }

    public ScanSettings withLeavers(Leaving value, Duration kept, Duration leftAlone) {
        return new ScanSettings(
                batch,
                pause,
                backlog,
                consent,
                changesEvery,
                overlap,
                sweepEvery,
                sweepPause,
                leftAlone,
                value,
                kept,
                tripwire);
    }
}
