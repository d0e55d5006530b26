package io.yotposync.autoconfigure;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The scans and the read-back, as operators see them. */
final class SourceCatchUp implements CatchUp {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private record Known(@Nullable Progress progress, Instant at) {}

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

    /** Looked up behind the caller, who may be a scrape. */
    @Override
    public @Nullable Progress progress(StoreKey store) {
        Instant now = runtime.clock().instant();
        Known last = known.get(store);
        if (last == null || last.at().plus(FRESH).isBefore(now)) {
            known.put(store, new Known(last == null ? null : last.progress(), now));
            try {
                runtime.threads().execute(() -> look(store));
            } catch (RejectedExecutionException stopping) {
                return last == null ? null : last.progress();
            }
        }
        return last == null ? null : last.progress();
    }

    private void look(StoreKey store) {
        try {
            tools.backfills().status(store).ifPresent(state -> remember(store, state));
        } catch (RuntimeException storageFails) {
            known.remove(store);
        }
    }

    private Progress remember(StoreKey store, ScanState state) {
        Instant now = runtime.clock().instant();
        long done = state.counts().of(Tally.SCANNED);
        boolean over = state.status() == ScanStatus.DONE;
        long counted = state.counts().of(Tally.TOTAL);
        long total = over ? done : counted > 0 ? counted : -1;
        Long left = null;
        if (state.status() == ScanStatus.RUNNING && done > 0 && total > done) {
            left = Duration.between(state.startedAt(), now).toSeconds() * (total - done) / done;
        }
        Progress progress = new Progress(state.status().name(), done, total, state.startedAt(), left);
        known.put(store, new Known(progress, now));
        return progress;
    }

    /** The counts of the last one, while the new one runs. */
    @Override
    public Map<String, Object> dryRun(StoreKey store) {
        ScanState last = tools.backfills().status(ScanJob.dryRun(store)).orElse(null);
        if (last == null || last.status() == ScanStatus.DONE) {
            ScanState begun = tools.backfills().dryRun(store);
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
