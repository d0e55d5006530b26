package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScanStateTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final ScanState BEGUN =
            ScanState.begun(ScanJob.backfill(StoreKey.DEFAULT), Instant.EPOCH, ScanCounts.NONE, T0);

    @Test
    void tellsItsRateAndTheTimeLeft() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.TOTAL, 100).with(Tally.SCANNED, 20);
        ScanState state = BEGUN.at(ScanPhase.CUSTOMERS, "20", counts, T0.plusSeconds(10));

        assertThat(state.rate()).isEqualTo(2);
        assertThat(state.timeLeft()).isEqualTo(Duration.ofSeconds(40));
        assertThat(state.with(ScanStatus.STOPPED, T0).timeLeft()).isNull();
    }

    @Test
    void tellsNothingBeforeTheFirstBatch() {
        assertThat(BEGUN.rate()).isZero();
        assertThat(BEGUN.timeLeft()).isNull();
    }

    @Test
    void countsAreReadAsTheyAreWritten() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.SCANNED, 5).with(Tally.OTHER_STORE, 2);

        assertThat(ScanCounts.parse(counts.text())).isEqualTo(counts);
        assertThat(ScanCounts.parse("")).isEqualTo(ScanCounts.NONE);
        assertThat(ScanCounts.parse("LATER_VERSION=9,SCANNED=5").of(Tally.SCANNED))
                .isEqualTo(5);
        assertThat(counts.plus(counts).of(Tally.OTHER_STORE)).isEqualTo(4);
    }
}
