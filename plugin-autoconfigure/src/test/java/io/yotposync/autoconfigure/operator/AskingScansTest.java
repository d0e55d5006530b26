package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.operator.Alert;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskingScansTest {

    private final List<Alert> alerts = new ArrayList<>();
    private final AskingScans chore = new AskingScans(alerts::add);

    @Test
    void someoneIsCalledOnceForEachTimeAScanAsks() {
        look(ScanStatus.RUNNING, null);
        assertThat(alerts).isEmpty();

        look(ScanStatus.ASKING, "It would alter 60 of 100 customers");
        look(ScanStatus.ASKING, "It would alter 60 of 100 customers");
        assertThat(alerts)
                .containsExactly(new Alert.ScanAsks("default", "backfill", "It would alter 60 of 100 customers"));

        look(ScanStatus.RUNNING, null);
        look(ScanStatus.ASKING, "It would alter 70 of 100 customers");
        assertThat(alerts).hasSize(2);
    }

    private void look(ScanStatus status, @Nullable String question) {
        ScanState scan = new ScanState(
                ScanJob.backfill(StoreKey.DEFAULT),
                status,
                ScanPhase.CUSTOMERS,
                null,
                Instant.EPOCH,
                ScanCounts.NONE,
                question,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        chore.run(List.of(), List.of(scan), Instant.EPOCH);
    }
}
