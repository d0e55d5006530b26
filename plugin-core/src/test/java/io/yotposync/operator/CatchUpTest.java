package io.yotposync.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;

import io.yotposync.MovedClock;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Resending;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanSettings;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threads never run what they are given, so whatever is seen was looked up by the caller. */
class CatchUpTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final ScanStates states = ScanStates.inMemory();
    private final Stores stores =
            new Stores(List.of(StoreSettings.of(StoreKey.DEFAULT, new Credentials("app-1", "secret-1"))));
    private final CatchUp catchUp = CatchUp.of(new CatchUp.Tools(
            stores,
            new Backfills(stores, states, ScanSettings.DEFAULTS, clock, () -> {}),
            mock(Resending.class),
            mock(Preview.class),
            null,
            clock,
            task -> {}));

    @ParameterizedTest
    @CsvSource({
        "sweep, ASKING, true, true",
        "sweep, STOPPED, true, true",
        "sweep, RUNNING, false, false",
        "sweep, DONE, false, true",
        "changes, DONE, false, true",
        "backfill, ASKING, true, true",
        "backfill, DONE, false, false"
    })
    void saysWhetherAnOperatorsWordChangedAnything(String job, ScanStatus before, boolean goesOn, boolean beginsAnew) {
        have(job, before);
        assertThat(catchUp.proceed(StoreKey.DEFAULT, job).heeded()).isEqualTo(goesOn);

        have(job, before);
        CatchUp.Answer answer = catchUp.startOver(StoreKey.DEFAULT, job);

        assertThat(answer.heeded()).isEqualTo(beginsAnew);
        assertThat(answer.scan().state()).isEqualTo(beginsAnew ? ScanStatus.RUNNING : before);
    }

    @Test
    void whoMustNotBlockSeesWhatWasLookedUpLast() {
        have("sweep", ScanStatus.ASKING);
        assertThat(catchUp.lastKnown(StoreKey.DEFAULT).questions()).isEmpty();

        catchUp.look(StoreKey.DEFAULT);

        assertThat(catchUp.lastKnown(StoreKey.DEFAULT).questions())
                .extracting(Scans.Question::job)
                .containsExactly("sweep");
    }

    @Test
    void whatWasLookedUpLastIsLookedUpAnewForTheNextCaller() {
        List<Runnable> behind = new ArrayList<>();
        MovedClock moved = new MovedClock();
        List<Scans> storage = new ArrayList<>();
        LatestScans latest = new LatestScans(
                store -> {
                    Scans now = new Scans(null, null, null, List.of(), moved.instant());
                    storage.add(now);
                    return now;
                },
                moved,
                behind::add);

        latest.lastKnown(StoreKey.DEFAULT);
        latest.lastKnown(StoreKey.DEFAULT);
        assertThat(behind).hasSize(1);
        behind.remove(0).run();
        assertThat(latest.lastKnown(StoreKey.DEFAULT)).isSameAs(storage.get(0));

        moved.forward(Duration.ofMillis(2001));
        assertThat(latest.lastKnown(StoreKey.DEFAULT).at())
                .as("until it is there")
                .isEqualTo(MovedClock.START);
        behind.remove(0).run();
        assertThat(latest.lastKnown(StoreKey.DEFAULT)).isSameAs(storage.get(1));
        assertThat(behind).isEmpty();
    }

    @Test
    void whatAnOperatorDidToAScanIsSeenAtOnceByWhoMustNotBlock() {
        have("sweep", ScanStatus.ASKING);
        catchUp.look(StoreKey.DEFAULT);

        catchUp.proceed(StoreKey.DEFAULT, "sweep");

        assertThat(catchUp.lastKnown(StoreKey.DEFAULT).questions()).isEmpty();
    }

    @Test
    void showsHowFarABackfillIsAndAsksForNoneThatRuns() {
        ScanCounts counts =
                ScanCounts.NONE.with(Tally.TOTAL, 100).with(Tally.SCANNED, 25).with(Tally.GONE, 0);
        have("backfill", ScanStatus.RUNNING, counts);

        Scans running = catchUp.look(StoreKey.DEFAULT);
        assertThat(running.questions()).isEmpty();
        assertThat(running.backfill())
                .isEqualTo(new Scans.Progress(
                        ScanStatus.RUNNING, 25, 100, NOW, 30L, 2.5, Map.of("SCANNED", 25L, "TOTAL", 100L)));

        have("backfill", ScanStatus.DONE, counts);
        assertThat(catchUp.look(StoreKey.DEFAULT).backfill())
                .extracting(Scans.Progress::done, Scans.Progress::total, Scans.Progress::secondsLeft)
                .containsExactly(25L, 25L, null);

        have("backfill", ScanStatus.RUNNING, ScanCounts.NONE);
        assertThat(catchUp.look(StoreKey.DEFAULT).backfill())
                .extracting(Scans.Progress::total, Scans.Progress::secondsLeft)
                .containsExactly(-1L, null);
    }

    @Test
    void showsHowFarASweepIsBesideABackfillThatIsDone() {
        have("backfill", ScanStatus.DONE);
        have("sweep", ScanStatus.RUNNING, ScanCounts.NONE.with(Tally.TOTAL, 100).with(Tally.SCANNED, 25));

        Scans scans = catchUp.look(StoreKey.DEFAULT);

        assertThat(scans.sweep())
                .extracting(Scans.Progress::state, Scans.Progress::done, Scans.Progress::total)
                .containsExactly(ScanStatus.RUNNING, 25L, 100L);
        assertThat(scans.backfill()).extracting(Scans.Progress::state).isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aDryRunCountsAnewOnceItIsDone() {
        assertThat(catchUp.dryRun(StoreKey.DEFAULT))
                .containsOnly(entry("state", ScanStatus.RUNNING), entry("last", "none"));

        have("dry-run", ScanStatus.RUNNING, ScanCounts.NONE.with(Tally.SCANNED, 3));
        assertThat(catchUp.dryRun(StoreKey.DEFAULT))
                .containsOnly(entry("state", ScanStatus.RUNNING), entry("counted", "SCANNED=3"));

        have("dry-run", ScanStatus.DONE, ScanCounts.NONE.with(Tally.SCANNED, 9));
        assertThat(catchUp.dryRun(StoreKey.DEFAULT))
                .containsOnly(entry("state", ScanStatus.RUNNING), entry("last", "SCANNED=9"));
        assertThat(catchUp.lastKnown(StoreKey.DEFAULT).dryRun())
                .extracting(Scans.DryRun::state, Scans.DryRun::counts)
                .containsExactly(ScanStatus.RUNNING, Map.of());
    }

    @Test
    void aScanThatIsNotThereIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catchUp.proceed(StoreKey.DEFAULT, "sweep"))
                .withMessageContaining("there is no sweep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catchUp.startOver(StoreKey.DEFAULT, "dance"))
                .withMessageContaining("backfill, changes or sweep");
    }

    private void have(String name, ScanStatus status) {
        have(name, status, ScanCounts.NONE);
    }

    private void have(String name, ScanStatus status, ScanCounts counts) {
        ScanJob job = new ScanJob(StoreKey.DEFAULT, name);
        @Nullable String question = status == ScanStatus.ASKING ? "It would alter all." : null;
        ScanState state = new ScanState(
                job,
                status,
                ScanPhase.CUSTOMERS,
                null,
                Instant.EPOCH,
                counts,
                question,
                NOW,
                NOW.plusSeconds(10),
                null);
        states.update(job, known -> state);
    }
}
