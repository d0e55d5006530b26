package io.yotposync.autoconfigure.operator;

import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.operator.CatchUp;
import io.yotposync.readback.ReadBack;
import io.yotposync.readback.ReadBackReport;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Resending;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scans and the read-back, as operators see them. */
final class SourceCatchUp implements CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final Duration FRESH = Duration.ofSeconds(2);

    /** Scans that an operator is asked about. */
    private static final List<Function<StoreKey, ScanJob>> ASKING =
            List.of(ScanJob::backfill, ScanJob::changes, ScanJob::sweep);

    private record Known(
            @Nullable Progress progress, @Nullable DryRun dryRun, List<Question> questions, Instant at) {

        static final Known NOTHING = new Known(null, null, List.of(), Instant.EPOCH);

        Known at(Instant now) {
            return new Known(progress, dryRun, questions, now);
        }
    }

    private final Tools tools;
    private final SyncRuntime runtime;
    private final Map<StoreKey, Known> known = new ConcurrentHashMap<>();

    /** @param readBack {@code null} where the host has a client of its own */
    record Tools(
            Stores stores,
            Backfills backfills,
            Resending resending,
            @Nullable ReadBack readBack) {}

    SourceCatchUp(Tools tools, SyncRuntime runtime) {
        this.tools = tools;
        this.runtime = runtime;
    }

    @Override
    public Progress start(StoreKey store) {
        return remember(store, tools.backfills().start(store));
    }

    @Override
    public Progress stop(StoreKey store) {
        ScanState state = tools.backfills().stop(store).orElse(null);
        return state == null ? new Progress("STOPPED", 0, -1, null, null) : remember(store, state);
    }

    @Override
    public @Nullable Progress progress(StoreKey store) {
        return lastKnown(store).progress();
    }

    @Override
    public @Nullable DryRun lastDryRun(StoreKey store) {
        return lastKnown(store).dryRun();
    }

    @Override
    public List<Question> questions(StoreKey store) {
        return lastKnown(store).questions();
    }

    @Override
    public Answer proceed(StoreKey store, String job) {
        return answered(scan(store, job), tools.backfills()::proceed);
    }

    @Override
    public Answer startOver(StoreKey store, String job) {
        return answered(scan(store, job), tools.backfills()::startOver);
    }

    private static ScanJob scan(StoreKey store, String job) {
        return ASKING.stream()
                .map(each -> each.apply(store))
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("say which scan: backfill, changes or sweep"));
    }

    private Answer answered(ScanJob scan, Function<ScanJob, Optional<ScanState>> word) {
        ScanStatus before =
                tools.backfills().status(scan).map(ScanState::status).orElse(ScanStatus.RUNNING);
        ScanState after = word.apply(scan).orElseThrow(() -> new IllegalArgumentException("there is no " + scan));
        boolean heeded = before != ScanStatus.RUNNING && after.status() != before;
        return new Answer(heeded, remember(scan.store(), after));
    }

    /** Looked up behind the caller, who may be a scrape. */
    private Known lastKnown(StoreKey store) {
        Instant now = runtime.clock().instant();
        Known last = known.getOrDefault(store, Known.NOTHING);
        if (last.at().plus(FRESH).isBefore(now) || last.at().isAfter(now)) { // the clock was put back
            known.put(store, last.at(now));
            try {
                runtime.threads().execute(() -> lookAndForgive(store));
            } catch (RejectedExecutionException stopping) {
                return last;
            }
        }
        return last;
    }

    @Override
    public void look(StoreKey store) {
        Backfills backfills = tools.backfills();
        Progress progress =
                backfills.status(store).map(SourceCatchUp::progressOf).orElse(null);
        DryRun dryRun = backfills
                .status(ScanJob.dryRun(store))
                .map(SourceCatchUp::dryRunOf)
                .orElse(null);
        List<Question> questions = ASKING.stream()
                .map(job -> backfills.status(job.apply(store)))
                .flatMap(Optional::stream)
                .filter(scan -> scan.status() == ScanStatus.ASKING)
                .map(scan -> new Question(
                        scan.job().name(), Objects.requireNonNullElse(scan.question(), ""), scan.updatedAt()))
                .toList();
        known.put(store, new Known(progress, dryRun, questions, runtime.clock().instant()));
    }

    /** Beside what was asked for: a storage that fails takes nothing of that back. */
    private void lookAndForgive(StoreKey store) {
        try {
            look(store);
        } catch (RuntimeException storageFails) {
            LOG.debug(
                    "Yotpo sync: what was last known of the scans stands: {}",
                    storageFails.getClass().getName());
        }
    }

    private static DryRun dryRunOf(ScanState state) {
        Map<String, Long> counts = new TreeMap<>();
        state.counts().numbers().forEach((tally, number) -> counts.put(tally.name(), number));
        return new DryRun(state.status().name(), counts, state.question(), state.startedAt());
    }

    private Progress remember(StoreKey store, ScanState state) {
        lookAndForgive(store);
        return progressOf(state);
    }

    private static Progress progressOf(ScanState state) {
        long done = state.counts().of(Tally.SCANNED);
        boolean over = state.status() == ScanStatus.DONE;
        long counted = state.counts().of(Tally.TOTAL);
        long total = over ? done : counted > 0 ? counted : -1;
        Duration left = state.timeLeft();
        return new Progress(
                state.status().name(), done, total, state.startedAt(), left == null ? null : left.toSeconds());
    }

    /** The counts of the last one, while the new one runs. */
    @Override
    public Map<String, Object> dryRun(StoreKey store) {
        ScanState last = tools.backfills().status(ScanJob.dryRun(store)).orElse(null);
        if (last == null || last.status() == ScanStatus.DONE) {
            ScanState begun = tools.backfills().dryRun(store);
            lookAndForgive(store);
            return Map.of(
                    "state",
                    begun.status().name(),
                    "last",
                    last == null ? "none" : last.counts().text());
        }
        return Map.of("state", last.status().name(), "counted", last.counts().text());
    }

    @Override
    public Map<String, Object> readBack(CustomerKey customer) {
        ReadBack readBack = tools.readBack();
        if (readBack == null) {
            throw new UnsupportedOperationException("this host sends by a client of its own, which cannot ask back");
        }
        ReadBackReport report =
                readBack.check(tools.stores().get(customer.store()), List.of(customer.customerId()), false);
        return report.customers().stream()
                .findFirst()
                .<Map<String, Object>>map(
                        checked -> Map.of("result", checked.result().name(), "fields", List.copyOf(checked.fields())))
                .orElseGet(() -> Map.of("result", "NO_ANSWER"));
    }

    @Override
    public boolean resend(CustomerKey customer) {
        List<String> ids = List.of(customer.customerId());
        return !tools.resending()
                .again(tools.stores().get(customer.store()), ids)
                .isEmpty();
    }
}
