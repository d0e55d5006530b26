package io.yotposync.scan;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which scans there are to do: begins those that come round by themselves. Used on the scanning thread. */
final class Agenda {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final Set<StoreKey> takenOver = new HashSet<>();

    Agenda(ScanPorts ports, ScanSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /** At start: notes since when the plugin is there, and begins the backfills that never were. */
    void begin(Collection<StoreSettings> backfill) {
        for (StoreSettings store : ports.stores().all()) {
            beginOnce(ScanJob.baseline(store.key()), ScanCounts.NONE);
        }
        for (StoreSettings store : backfill) {
            boolean never = ports.scanStates()
                    .find(ScanJob.baseline(store.key()))
                    .filter(baseline -> baseline.status() == ScanStatus.DONE)
                    .isEmpty();
            if (never) {
                beginOnce(ScanJob.backfill(store.key()), settings.flags());
            }
        }
    }

    private void beginOnce(ScanJob job, ScanCounts counts) {
        Instant now = ports.clock().instant();
        ports.scanStates()
                .update(job, known -> known == null ? ScanState.begun(job, Instant.EPOCH, counts, now) : known);
    }

    /** Begins what is due again, in the store and in the given copy of it. */
    void update(List<StoreSettings> stores, Map<ScanJob, ScanState> states, Instant now) {
        for (StoreSettings store : stores) {
            baseline(store.key(), states, now);
            mapping(store, states, now);
            changes(ScanJob.changes(store.key()), states, now);
            sweep(store.key(), states, now);
        }
    }

    /**
     * Once all were backfilled, a customer without a row is one whose event was lost. Not left to the node that backfilled,
     * which may have ended with its backfill.
     */
    private void baseline(StoreKey store, Map<ScanJob, ScanState> states, Instant now) {
        ScanState known = states.get(ScanJob.baseline(store));
        ScanState backfill = states.get(ScanJob.backfill(store));
        if (known != null && known.isRunning() && backfill != null && backfill.status() == ScanStatus.DONE) {
            put(states, known.with(ScanStatus.DONE, now), known);
        }
    }

    /**
     * With a new mapping, what was refused may pass and what was sent may be wrong: all are looked at, at once. Noticed by
     * the node that scans: another that still has the old mapping would look at all of them with that.
     */
    private void mapping(StoreSettings store, Map<ScanJob, ScanState> states, Instant now) {
        ScanJob job = ScanJob.mapping(store.key());
        ScanState known = states.get(job);
        String version = store.mapping().version();
        if (known != null && version.equals(known.lastId())) {
            return;
        }
        if (known != null) {
            ports.storeStates().update(store.key(), state -> state.withCatchUpNeeded(true));
            LOG.info(
                    "Yotpo sync: the mapping of store {} has another version: all customers are looked at, and sent again",
                    store.key());
        }
        put(states, ScanState.noted(job, version, now), known);
    }

    private void changes(ScanJob job, Map<ScanJob, ScanState> states, Instant now) {
        ScanState known = states.get(job);
        // Whoever scanned before this node may have died between a commit and its event.
        boolean first = takenOver.add(job.store()) && known != null && known.status() == ScanStatus.DONE;
        if (first || isDue(known, settings.catchUp().changesEvery(), now)) {
            // Since the last one began, not ended: what changed behind its back is among the next.
            Instant last = known == null || known.startedAt().isAfter(now) ? now : known.startedAt();
            Instant since = later(last, whenThePluginCame(job.store(), states));
            if (known != null
                    && known.startedAt().isAfter(now.plus(settings.catchUp().overlap()))) {
                // By a clock that was put back since: nobody knows what changed when.
                ports.storeStates().update(job.store(), state -> state.withCatchUpNeeded(true));
            }
            put(states, ScanState.begun(job, since.minus(settings.catchUp().overlap()), ScanCounts.NONE, now), known);
        }
    }

    /** By a clock that was put back by years, who changed since would be all whom no backfill had. */
    private static Instant whenThePluginCame(StoreKey store, Map<ScanJob, ScanState> states) {
        ScanState baseline = states.get(ScanJob.baseline(store));
        return baseline == null || baseline.status() == ScanStatus.DONE ? Instant.EPOCH : baseline.startedAt();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void sweep(StoreKey store, Map<ScanJob, ScanState> states, Instant now) {
        ScanJob job = ScanJob.sweep(store);
        ScanState known = states.get(job);
        if (ports.storeStates().get(store).catchUpNeeded() && isFree(known)) {
            ScanState urgent = ScanState.begun(job, Instant.EPOCH, ScanCounts.NONE.with(Tally.URGENT, 1), now);
            put(states, urgent, known);
            if (urgent.equals(states.get(job))) {
                // After the sweep is on record and before it reads: a mark set while it runs asks for another one.
                ports.storeStates().update(store, state -> state.withCatchUpNeeded(false));
            }
        } else if (isDue(known, settings.catchUp().sweepEvery(), now)) {
            put(states, ScanState.begun(job, Instant.EPOCH, ScanCounts.NONE, now), known);
        }
    }

    /** Marks wait for an urgent one to end, or many of them would never let it; and for whoever asks or was stopped. */
    private static boolean isFree(@Nullable ScanState sweep) {
        return sweep == null
                || sweep.status() == ScanStatus.DONE
                || (sweep.isRunning() && !sweep.counts().has(Tally.URGENT));
    }

    private static boolean isDue(@Nullable ScanState known, Duration every, Instant now) {
        return known == null
                || (known.status() == ScanStatus.DONE
                        && (known.startedAt().isAfter(now)
                                || !known.startedAt().plus(every).isAfter(now)));
    }

    private void put(Map<ScanJob, ScanState> states, ScanState next, @Nullable ScanState known) {
        ports.scanStates()
                .update(next.job(), current -> Objects.equals(current, known) ? next : current)
                .ifPresent(state -> states.put(state.job(), state));
    }

    /** In the order of their importance; a backfill does a sweep's work. */
    List<ScanJob> jobs(StoreKey store, Map<ScanJob, ScanState> states) {
        List<ScanJob> jobs = new ArrayList<>(List.of(ScanJob.changes(store), ScanJob.backfill(store)));
        ScanState backfill = states.get(ScanJob.backfill(store));
        ScanState sweep = states.get(ScanJob.sweep(store));
        boolean urgent = sweep != null && sweep.counts().has(Tally.URGENT);
        if (urgent || backfill == null || !backfill.isRunning()) {
            jobs.add(ScanJob.sweep(store));
        }
        jobs.add(ScanJob.dryRun(store));
        return jobs;
    }
}
