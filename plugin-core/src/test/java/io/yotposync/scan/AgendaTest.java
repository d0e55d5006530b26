package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.Samples;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final ScanJob BACKFILL = ScanJob.backfill(ScanShop.STORE);
    private static final ScanJob CHANGES = ScanJob.changes(ScanShop.STORE);
    private static final ScanJob SWEEP = ScanJob.sweep(ScanShop.STORE);

    private final ScanShop shop = new ScanShop();
    private final List<StoreSettings> stores = List.copyOf(shop.stores.all());
    private final Agenda agenda = agenda();

    private Agenda agenda() {
        return new Agenda(shop.ports(), shop.settings);
    }

    private Instant now() {
        return shop.clock.instant();
    }

    private Map<ScanJob, ScanState> update(Agenda which) {
        Map<ScanJob, ScanState> states =
                new HashMap<>(shop.scans.all().stream().collect(Collectors.toMap(ScanState::job, state -> state)));
        which.update(stores, states, now());
        return states;
    }

    private ScanState state(ScanJob job) {
        return shop.scans.find(job).orElseThrow();
    }

    private void done(ScanJob job) {
        shop.change(job, state -> state.with(ScanStatus.DONE, now()));
    }

    @Test
    void backfillsAStoreThatNeverWasAndNoOther() {
        agenda.begin(List.of());
        assertThat(shop.scans.find(BACKFILL)).isEmpty();

        agenda.begin(stores);
        assertThat(state(BACKFILL).isRunning()).isTrue();

        done(BACKFILL);
        shop.clock.forward(Duration.ofDays(1));
        agenda.begin(stores);
        assertThat(state(BACKFILL).status()).isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aStoreIsBackfilledThoughTheNodeEndedWithItsBackfill() {
        agenda.begin(stores);
        done(BACKFILL);

        update(agenda());

        assertThat(state(ScanJob.baseline(ScanShop.STORE)).status()).isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aStartLeavesABackfillAloneThatWasStopped() {
        agenda.begin(stores);
        shop.change(BACKFILL, state -> state.with(ScanStatus.STOPPED, now()));

        agenda.begin(stores);

        assertThat(state(BACKFILL).status()).isEqualTo(ScanStatus.STOPPED);
    }

    @Test
    void asksTheHostForChangesAgainSinceTheLastTimeBegan() {
        update(agenda);
        Instant first = now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(state(CHANGES).watermark())
                .isEqualTo(first.minus(shop.settings.catchUp().overlap()));
        shop.clock.forward(Duration.ofMinutes(1));
        done(CHANGES);
        update(agenda);
        assertThat(state(CHANGES).isRunning()).as("before its time").isFalse();

        shop.clock.forward(shop.settings.catchUp().changesEvery());
        update(agenda);

        assertThat(state(CHANGES).isRunning()).isTrue();
        assertThat(state(CHANGES).watermark())
                .isEqualTo(first.minus(shop.settings.catchUp().overlap()));
    }

    @Test
    void aScanThatRunsIsNotBegunAnew() {
        update(agenda);
        Instant begun = state(CHANGES).startedAt();

        shop.clock.forward(shop.settings.catchUp().changesEvery().multipliedBy(3));
        update(agenda);

        assertThat(state(CHANGES).startedAt()).isEqualTo(begun);
    }

    @Test
    void aNodeThatTakesOverAsksForChangesAtOnceForTheOtherMayHaveDiedBeforeAnEvent() {
        update(agenda);
        done(CHANGES);
        shop.clock.forward(Duration.ofSeconds(40));
        Agenda ofAnotherNode = agenda();

        update(ofAnotherNode);
        assertThat(state(CHANGES).isRunning()).isTrue();

        done(CHANGES);
        update(ofAnotherNode);
        assertThat(state(CHANGES).isRunning()).as("once").isFalse();
    }

    @Test
    void aClockThatWasPutForwardAndBackStopsNothingAndAllAreLookedAtForNobodyKnowsWhatChangedWhen() {
        shop.clock.forward(Duration.ofDays(2));
        update(agenda);
        done(CHANGES);
        done(SWEEP);
        shop.clock.forward(Duration.ofDays(-2));

        update(agenda);

        assertThat(state(CHANGES).isRunning()).isTrue();
        assertThat(state(CHANGES).watermark()).isBefore(now());
        assertThat(state(SWEEP).isRunning()).isTrue();
        assertThat(state(SWEEP).counts().has(Tally.URGENT)).isTrue();
    }

    @Test
    void allAreLookedAtForAClockThatWasPutBackThoughThatCouldNotBeNotedAtOnce() {
        shop.clock.forward(Duration.ofDays(2));
        update(agenda);
        done(CHANGES);
        done(SWEEP);
        shop.clock.forward(Duration.ofDays(-2));
        AtomicBoolean away = new AtomicBoolean(true);
        Agenda other = new Agenda(
                new ScanPorts(
                        shop.stores,
                        new AwayStates(shop.storeStates, away::get),
                        shop.scans,
                        shop.source,
                        shop.outbox,
                        written -> {},
                        forgotten -> {},
                        shop.clock),
                shop.settings);
        assertThatThrownBy(() -> update(other)).isInstanceOf(IllegalStateException.class);

        away.set(false);
        update(other);

        assertThat(state(CHANGES).isRunning()).isTrue();
        assertThat(state(SWEEP).counts().has(Tally.URGENT)).isTrue();
    }

    /** Their storage may be away. */
    private record AwayStates(StoreStates states, BooleanSupplier away) implements StoreStates {

        @Override
        public StoreState get(StoreKey store) {
            return states.get(store);
        }

        @Override
        public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
            if (away.getAsBoolean()) {
                throw new IllegalStateException("the database is away");
            }
            return states.update(store, change);
        }

        @Override
        public void refresh() {
            states.refresh();
        }
    }

    @Test
    void anotherNodesClockThatIsALittleAheadIsNoReasonToLookAtAll() {
        shop.clock.forward(Duration.ofSeconds(2));
        update(agenda);
        done(CHANGES);
        done(SWEEP);
        shop.clock.forward(Duration.ofSeconds(-2));

        update(agenda());

        assertThat(state(CHANGES).isRunning()).isTrue();
        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isFalse();
        assertThat(state(SWEEP).counts().has(Tally.URGENT)).isFalse();
    }

    @Test
    void aMarkOnTheStoreStartsAnUrgentSweepAtOnce() {
        update(agenda);
        done(SWEEP);
        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));

        update(agenda);

        assertThat(state(SWEEP).counts().has(Tally.URGENT)).isTrue();
        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isFalse();
    }

    @Test
    void marksThatComeAgainAndAgainDoNotKeepAnUrgentSweepFromItsEnd() {
        update(agenda);
        done(SWEEP);
        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));
        update(agenda);
        shop.change(SWEEP, state -> state.at(ScanPhase.CUSTOMERS, "5", state.counts(), now()));
        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));

        update(agenda);

        assertThat(state(SWEEP).lastId()).isEqualTo("5");
        done(SWEEP);
        update(agenda);
        assertThat(state(SWEEP).isRunning()).as("the later mark").isTrue();
        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isFalse();
    }

    @Test
    void aMarkDoesNotStartASweepThatAnOperatorStopped() {
        update(agenda);
        shop.change(SWEEP, state -> state.with(ScanStatus.STOPPED, now()));
        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));

        update(agenda);

        assertThat(state(SWEEP).status()).isEqualTo(ScanStatus.STOPPED);
    }

    @Test
    void aMarkDoesNotAnswerTheTripwiresQuestion() {
        update(agenda);
        shop.change(SWEEP, state -> state.asking("why?", now()));
        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));

        update(agenda);

        assertThat(state(SWEEP).status()).isEqualTo(ScanStatus.ASKING);
        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isTrue();
    }

    @Test
    void sweepsComeRoundSlowly() {
        update(agenda);
        done(SWEEP);
        shop.clock.forward(shop.settings.catchUp().sweepEvery().minusSeconds(1));
        update(agenda);
        assertThat(state(SWEEP).isRunning()).isFalse();

        shop.clock.forward(Duration.ofSeconds(1));
        update(agenda);

        assertThat(state(SWEEP).isRunning()).isTrue();
        assertThat(state(SWEEP).watermark()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aBackfillThatRunsDoesASweepsWorkUnlessThatIsUrgent() {
        agenda.begin(stores);
        assertThat(agenda.jobs(ScanShop.STORE, update(agenda)))
                .contains(BACKFILL)
                .doesNotContain(SWEEP);

        shop.storeStates.update(ScanShop.STORE, state -> state.withCatchUpNeeded(true));
        assertThat(agenda.jobs(ScanShop.STORE, update(agenda))).contains(BACKFILL, SWEEP);

        shop.change(SWEEP, state -> state.with(ScanCounts.NONE));
        done(BACKFILL);
        assertThat(agenda.jobs(ScanShop.STORE, update(agenda))).contains(SWEEP);
    }

    /** In a rolling deployment the node that still scans has the old mapping. */
    @Test
    void aNewMappingIsLookedAtByTheFirstNodeThatScansWithIt() {
        update(agenda);
        done(SWEEP);
        StoreSettings renewed = Samples.store(ScanShop.STORE.value()).withMapping(Samples.version("2"));
        ScanShop newer = new ScanShop(List.of(renewed));
        Agenda ofTheNewNode = new Agenda(
                new ScanPorts(
                        newer.stores,
                        shop.storeStates,
                        shop.scans,
                        shop.source,
                        shop.outbox,
                        written -> {},
                        forgotten -> {},
                        shop.clock),
                shop.settings);

        ofTheNewNode.begin(List.of());
        update(agenda);
        assertThat(state(SWEEP).isRunning()).as("with the old mapping").isFalse();

        Map<ScanJob, ScanState> states =
                new HashMap<>(shop.scans.all().stream().collect(Collectors.toMap(ScanState::job, state -> state)));
        ofTheNewNode.update(List.of(renewed), states, now());
        assertThat(state(SWEEP).counts().has(Tally.URGENT)).isTrue();
    }

    @Test
    void changesComeFirst() {
        assertThat(agenda.jobs(ScanShop.STORE, Map.of())).startsWith(CHANGES);
    }
}
