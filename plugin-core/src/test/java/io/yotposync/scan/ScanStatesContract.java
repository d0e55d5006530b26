package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of scans keeps. */
public abstract class ScanStatesContract {

    protected static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final ScanJob JOB = ScanJob.backfill(StoreKey.DEFAULT);

    private ScanStates states;

    protected abstract ScanStates empty();

    @BeforeEach
    void begin() {
        states = empty();
    }

    @Test
    void aStateIsFoundAsItWasWritten() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.TOTAL, 7).with(Tally.SCANNED, 3);
        ScanState state = ScanState.begun(JOB, Instant.EPOCH, ScanCounts.NONE, T0)
                .at(ScanPhase.LEDGER, "x'1", counts, T0.plusSeconds(2));

        states.update(JOB, known -> state);

        assertThat(states.find(JOB)).contains(state);
        assertThat(states.all()).containsExactly(state);
        assertThat(states.find(ScanJob.sweep(StoreKey.DEFAULT))).isEmpty();
    }

    @Test
    void aQuestionIsKeptUntilItIsAnswered() {
        states.update(JOB, known -> ScanState.begun(JOB, Instant.EPOCH, ScanCounts.NONE, T0));
        states.update(JOB, known -> known == null ? null : known.asking("why?", T0));
        assertThat(states.find(JOB).orElseThrow().question()).isEqualTo("why?");

        states.update(JOB, known -> known == null ? null : known.with(ScanStatus.RUNNING, T0));
        assertThat(states.find(JOB).orElseThrow().question()).isNull();
    }

    @Test
    void aStateCanBeDeletedAndBegunAgain() {
        states.update(JOB, known -> ScanState.begun(JOB, Instant.EPOCH, ScanCounts.NONE, T0));
        assertThat(states.update(JOB, known -> null)).isEmpty();
        assertThat(states.find(JOB)).isEmpty();
        assertThat(states.update(JOB, known -> null)).isEmpty();

        assertThat(states.update(JOB, known -> ScanState.begun(JOB, T0, ScanCounts.NONE, T0)))
                .isPresent();
    }

    @Test
    void aLeaseThatWasTakenByAClockFarAheadIsGiven() {
        assertThat(states.lease("a", Duration.ofSeconds(30), T0.plusSeconds(3_600)))
                .isTrue();

        assertThat(states.lease("b", Duration.ofSeconds(30), T0)).isTrue();
    }

    @Test
    void theLeaseIsRenewedByItsHolder() {
        assertThat(states.lease("a", Duration.ofSeconds(30), T0)).isTrue();
        assertThat(states.lease("a", Duration.ofSeconds(30), T0.plusSeconds(20)))
                .isTrue();
        assertThat(states.all()).isEmpty();
    }
}
