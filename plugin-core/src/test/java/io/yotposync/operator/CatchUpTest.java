package io.yotposync.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

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
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
    void aScanThatIsNotThereIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catchUp.proceed(StoreKey.DEFAULT, "sweep"))
                .withMessageContaining("there is no sweep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catchUp.startOver(StoreKey.DEFAULT, "dance"))
                .withMessageContaining("backfill, changes or sweep");
    }

    private void have(String name, ScanStatus status) {
        ScanJob job = new ScanJob(StoreKey.DEFAULT, name);
        @Nullable String question = status == ScanStatus.ASKING ? "It would alter all." : null;
        ScanState state = new ScanState(
                job, status, ScanPhase.CUSTOMERS, null, Instant.EPOCH, ScanCounts.NONE, question, NOW, NOW, null);
        states.update(job, known -> state);
    }
}
