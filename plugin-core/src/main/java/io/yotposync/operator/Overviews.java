package io.yotposync.operator;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How all stores stand. May do I/O, and throws what the outbox and the scans' storage throw. Thread-safe. */
public final class Overviews {

    private final StoreSwitch stores;
    private final Backlog backlog;
    private final Activity activity;
    private final LiveLanes lanes;
    private final Refusals refusals;
    private final CatchUp catchUp;
    private final Clock clock;

    /** @param clock for ages */
    public Overviews(
            StoreSwitch stores,
            Backlog backlog,
            Refusals refusals,
            Activity activity,
            LiveLanes lanes,
            CatchUp catchUp,
            Clock clock) {
        this.refusals = refusals;
        this.stores = stores;
        this.backlog = backlog;
        this.activity = activity;
        this.lanes = lanes;
        this.catchUp = catchUp;
        this.clock = clock;
    }

    /** In the order of their keys. */
    public List<StoreOverview> all() {
        return all(reason -> reason);
    }

    /** The same without the operators' own words, which nobody checked. */
    List<StoreOverview> withoutReasons() {
        return all(reason -> "PRESENT");
    }

    private List<StoreOverview> all(UnaryOperator<String> said) {
        Map<StoreKey, LedgerCounts> counts = backlog.counts();
        return stores.stores().all().stream()
                .map(store -> overview(store, counts.getOrDefault(store.key(), LedgerCounts.NONE), said))
                .sorted(Comparator.comparing(StoreOverview::store))
                .toList();
    }

    private StoreOverview overview(StoreSettings store, LedgerCounts counts, UnaryOperator<String> said) {
        StoreKey key = store.key();
        StoreState state = stores.state(key);
        String reason = state.pauseReason();
        Scans scans = catchUp.look(key);
        return new StoreOverview(
                key.value(),
                store.site(),
                stores.isEnabled(store),
                Switches.enabledBy(state),
                state.paused(),
                reason == null ? null : said.apply(reason),
                state.held(),
                state.heldUntil(),
                state.waitsUntil(clock.instant()),
                state.catchUpNeeded(),
                customers(key, counts),
                lanes.of(key),
                activity.totals(key),
                scans.backfill(),
                scans.sweep(),
                scans.dryRun(),
                scans.questions());
    }

    private StoreOverview.Customers customers(StoreKey store, LedgerCounts counts) {
        Instant oldest = counts.oldestPending();
        long age = oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
        Map<FailureClass, Long> why = counts.parked() == 0 ? Map.of() : refusals.byClass(store, counts.parked());
        return new StoreOverview.Customers(counts.pending(), counts.inSync(), counts.parked(), why, age);
    }
}
