package io.yotposync.operator;

import io.yotposync.scan.Backfills;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a store's scans stand, as operators see them. No personal data.
 *
 * @param backfill the running one or the last; {@code null} if there was none
 * @param sweep of all customers, the running one or the last; {@code null} if there was none
 * @param dryRun {@code null} if there was none
 * @param questions scans that wait for an operator's word
 * @param at when that was looked up
 */
public record Scans(
        @Nullable Progress backfill,
        @Nullable Progress sweep,
        @Nullable DryRun dryRun,
        List<Question> questions,
        Instant at) {

    static final Scans NONE = new Scans(null, null, null, List.of(), Instant.EPOCH);

    /** Those that an operator is asked about. */
    static final List<Function<StoreKey, ScanJob>> ASKING =
            List.of(ScanJob::backfill, ScanJob::changes, ScanJob::sweep);

    static Scans of(StoreKey store, Backfills backfills, Instant now) {
        return new Scans(
                backfills.status(store).map(Progress::of).orElse(null),
                backfills.status(ScanJob.sweep(store)).map(Progress::of).orElse(null),
                backfills.status(ScanJob.dryRun(store)).map(DryRun::of).orElse(null),
                ASKING.stream()
                        .map(job -> backfills.status(job.apply(store)))
                        .flatMap(Optional::stream)
                        .filter(scan -> scan.status() == ScanStatus.ASKING)
                        .map(Question::of)
                        .toList(),
                now);
    }

    Scans at(Instant now) {
        return new Scans(backfill, sweep, dryRun, questions, now);
    }

    /**
     * How far a scan has come.
     *
     * @param done customers looked at
     * @param total customers there are, -1 if not known
     * @param secondsLeft as it looks at the moment
     * @param rate customers a second since it began
     * @param counts what became of them, by name
     */
    public record Progress(
            ScanStatus state,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Long secondsLeft,
            double rate,
            Map<String, Long> counts) {

        /** Of one that has not begun. */
        static final Progress NONE = new Progress(ScanStatus.STOPPED, 0, -1, null, null, 0, Map.of());

        static Progress of(ScanState scan) {
            long done = scan.counts().of(Tally.SCANNED);
            boolean over = scan.status() == ScanStatus.DONE;
            long counted = scan.counts().of(Tally.TOTAL);
            long total = over ? done : counted > 0 ? counted : -1;
            Duration left = scan.timeLeft();
            return new Progress(
                    scan.status(),
                    done,
                    total,
                    scan.startedAt(),
                    left == null ? null : left.toSeconds(),
                    Math.round(scan.rate() * 10) / 10.0,
                    byName(scan));
        }
    }

    /**
     * A scan that stopped because it would change more than expected.
     *
     * @param job which one
     * @param question why, with numbers and examples: ids of customers and names of fields
     */
    public record Question(String job, String question, Instant since) {

        static Question of(ScanState scan) {
            return new Question(scan.job().name(), Objects.requireNonNullElse(scan.question(), ""), scan.updatedAt());
        }
    }

    /**
     * The last dry run, or the one that runs.
     *
     * @param counts what was counted so far, by name
     * @param question why the tripwire would stop it; {@code null} if it would not
     */
    public record DryRun(
            ScanStatus state,
            Map<String, Long> counts,
            @Nullable String question,
            Instant startedAt) {

        static DryRun of(ScanState scan) {
            return new DryRun(scan.status(), byName(scan), scan.question(), scan.startedAt());
        }
    }

    private static Map<String, Long> byName(ScanState scan) {
        Map<String, Long> counts = new TreeMap<>();
        scan.counts().numbers().forEach((tally, number) -> {
            if (number > 0) {
                counts.put(tally.name(), number);
            }
        });
        return counts;
    }
}
