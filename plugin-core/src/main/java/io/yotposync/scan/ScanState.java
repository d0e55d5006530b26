package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a scan stands; what an operator is shown. No personal data.
 *
 * @param lastId it goes on behind this customer, {@code null} at the beginning
 * @param watermark customers changed since then, {@link Instant#EPOCH} for all
 * @param question why it is {@link ScanStatus#ASKING}, or what a dry run found that would make it ask: numbers and masked
 *     examples
 * @param startedAt when it began
 */
public record ScanState(
        ScanJob job,
        ScanStatus status,
        ScanPhase phase,
        @Nullable String lastId,
        Instant watermark,
        ScanCounts counts,
        @Nullable String question,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    static ScanState begun(ScanJob job, Instant watermark, ScanCounts counts, Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.MILLIS);
        return new ScanState(
                job, ScanStatus.RUNNING, ScanPhase.CUSTOMERS, null, watermark, counts, null, start, start, null);
    }

    /** Of what is no scan itself: when it was last done, and how far. */
    public static ScanState noted(ScanJob job, @Nullable String lastId, Instant now) {
        return begun(job, Instant.EPOCH, ScanCounts.NONE, now)
                .at(ScanPhase.CUSTOMERS, lastId, ScanCounts.NONE, now)
                .with(ScanStatus.DONE, now);
    }

    /** The same scan from its beginning, with nothing counted and nothing answered. */
    ScanState startedOver(Instant now) {
        return begun(job, watermark, counts.wishes(), now);
    }

    /** The same for a scan that somebody waits for. */
    ScanState hurried() {
        return with(counts.with(Tally.URGENT, 1));
    }

    public boolean isRunning() {
        return status == ScanStatus.RUNNING;
    }

    /** Customers a second, since it began. */
    public double rate() {
        double seconds = Duration.between(startedAt, updatedAt).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : counts.of(Tally.SCANNED) / seconds;
    }

    /** How long it will go on at this rate; {@code null} if nobody can tell. */
    public @Nullable Duration timeLeft() {
        long left = counts.of(Tally.TOTAL) - counts.of(Tally.SCANNED);
        double rate = rate();
        if (!isRunning() || counts.of(Tally.TOTAL) == 0 || rate <= 0) {
            return null;
        }
        return Duration.ofSeconds((long) Math.ceil(Math.max(0, left) / rate));
    }

    ScanState with(ScanStatus value, Instant now) {
        return new ScanState(
                job,
                value,
                phase,
                lastId,
                watermark,
                counts,
                value == ScanStatus.RUNNING ? null : question,
                startedAt,
                now,
                value == ScanStatus.DONE ? now : null);
    }

    ScanState asking(String why, Instant now) {
        return new ScanState(job, ScanStatus.ASKING, phase, lastId, watermark, counts, why, startedAt, now, null);
    }

    ScanState remarking(@Nullable String remark) {
        return new ScanState(job, status, phase, lastId, watermark, counts, remark, startedAt, updatedAt, finishedAt);
    }

    ScanState with(ScanCounts value) {
        return new ScanState(job, status, phase, lastId, watermark, value, question, startedAt, updatedAt, finishedAt);
    }

    ScanState at(ScanPhase newPhase, @Nullable String id, ScanCounts value, Instant now) {
        return new ScanState(job, status, newPhase, id, watermark, value, question, startedAt, now, finishedAt);
    }
}
