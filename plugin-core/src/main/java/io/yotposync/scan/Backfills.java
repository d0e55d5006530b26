package io.yotposync.scan;

import io.yotposync.store.StoreKey;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operator's hand on the scans. Thread-safe; every call may do I/O and throws what the storage throws, or
 * {@link IllegalArgumentException} for a store that is not configured.
 */
public final class Backfills {

    private final Stores stores;
    private final ScanStates states;
    private final ScanSettings settings;
    private final Clock clock;
    private final Runnable wake;

    /** @param wake makes the scanner look for work */
    public Backfills(Stores stores, ScanStates states, ScanSettings settings, Clock clock, Runnable wake) {
        this.stores = stores;
        this.states = states;
        this.settings = settings;
        this.clock = clock;
        this.wake = wake;
    }

    /** Begins a backfill, or goes on with one that was stopped; of no effect while one runs or asks. */
    public ScanState start(StoreKey store) {
        return start(store, settings.consent());
    }

    /**
     * The same.
     *
     * @param consent whether to tell Yotpo consents that it was told otherwise, or not at all, before; of one that was
     *     stopped this holds for the rest
     */
    public ScanState start(StoreKey store, boolean consent) {
        return begin(ScanJob.backfill(store), consent);
    }

    /** Counts what a backfill would do, and whether the tripwire would stop it; nothing is written or sent. */
    public ScanState dryRun(StoreKey store) {
        return begin(ScanJob.dryRun(store), settings.consent());
    }

    private ScanState begin(ScanJob job, boolean consent) {
        stores.get(job.store());
        UnaryOperator<ScanCounts> wishes = counts -> counts.with(Tally.WITH_CONSENT, consent ? 1 : 0);
        Instant now = clock.instant();
        ScanState after = states.update(job, known -> {
                    if (known == null || known.status() == ScanStatus.DONE) {
                        return ScanState.begun(job, Instant.EPOCH, wishes.apply(ScanCounts.NONE), now);
                    }
                    return known.status() == ScanStatus.STOPPED
                            ? known.with(wishes.apply(known.counts())).with(ScanStatus.RUNNING, now)
                            : known;
                })
                .orElseThrow();
        wake.run();
        return after;
    }

    /** Stops after the batch at hand; {@link #start} goes on from there. */
    public Optional<ScanState> stop(StoreKey store) {
        return stop(ScanJob.backfill(store));
    }

    /** The same for any scan; one that comes round by itself stays stopped until {@link #proceed} or {@link #startOver}. */
    public Optional<ScanState> stop(ScanJob job) {
        return change(
                job,
                known -> known.status() == ScanStatus.DONE ? known : known.with(ScanStatus.STOPPED, clock.instant()));
    }

    /** Lets a scan go on that was stopped, or that asks: the answer holds until it is done. */
    public Optional<ScanState> proceed(ScanJob job) {
        return change(job, known -> switch (known.status()) {
            case ASKING -> confirmed(known);
            case STOPPED ->
                known.question() == null ? known.with(ScanStatus.RUNNING, clock.instant()) : confirmed(known);
            case RUNNING, DONE -> known;
        });
    }

    private ScanState confirmed(ScanState asking) {
        return asking.with(asking.counts().with(Tally.CONFIRMED, 1)).with(ScanStatus.RUNNING, clock.instant());
    }

    /**
     * Begins a scan anew that asks or was stopped, such as after what it asked about was corrected; and one that is done
     * and comes round by itself, without waiting for its time: a sweep then goes as fast as a backfill. Of no effect while
     * it runs, and for a backfill that is done, which {@link #start} begins. Whether a backfill tells consents is as the
     * settings say now.
     */
    public Optional<ScanState> startOver(ScanJob job) {
        return change(job, known -> switch (known.status()) {
            case ASKING, STOPPED -> withConsentAsSet(known).startedOver(clock.instant());
            case DONE -> job.comesRound() ? known.hurried().startedOver(clock.instant()) : known;
            case RUNNING -> known;
        });
    }

    private ScanState withConsentAsSet(ScanState known) {
        return known.job().isBackfill()
                ? known.with(known.counts().with(Tally.WITH_CONSENT, settings.consent() ? 1 : 0))
                : known;
    }

    private Optional<ScanState> change(ScanJob job, UnaryOperator<ScanState> change) {
        stores.get(job.store());
        UnaryOperator<@Nullable ScanState> ifKnown = known -> known == null ? null : change.apply(known);
        Optional<ScanState> after = states.update(job, ifKnown);
        wake.run();
        return after;
    }

    /** The backfill of a store, or empty if there never was one. */
    public Optional<ScanState> status(StoreKey store) {
        return status(ScanJob.backfill(store));
    }

    /** The same for any scan. */
    public Optional<ScanState> status(ScanJob job) {
        stores.get(job.store());
        return states.find(job);
    }
}
