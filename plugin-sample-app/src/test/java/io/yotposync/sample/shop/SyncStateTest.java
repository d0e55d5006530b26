package io.yotposync.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyncStateTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void saysInOneWordWhereACustomerStands() {
        assertThat(of(LedgerStatus.PENDING, null, null).state()).isEqualTo("pending");
        assertThat(of(LedgerStatus.IN_SYNC, null, null).state()).isEqualTo("delivered");
        assertThat(of(LedgerStatus.PARKED, null, null).state()).isEqualTo("refused");
        assertThat(SyncState.none("eu").state()).isEqualTo("none");
    }

    @Test
    void tellsWhyAndWhatToDo() {
        SyncState state = of(LedgerStatus.PARKED, new Failure(FailureClass.VALIDATION, 422, "bad phone"), null);

        assertThat(state.why()).startsWith("422 bad phone – ").endsWith(FailureClass.VALIDATION.fix(StoreKey.DEFAULT));
    }

    @Test
    void leavesTheStatusOutWhereThereWasNoAnswer() {
        SyncState state = of(LedgerStatus.PENDING, new Failure(FailureClass.NETWORK, 0, "timed out"), null);

        assertThat(state.why()).startsWith("timed out");
    }

    @Test
    void showsTheNoteOfADelivery() {
        assertThat(of(LedgerStatus.IN_SYNC, null, "address left out").why()).isEqualTo("address left out");
    }

    private static SyncState of(LedgerStatus status, @Nullable Failure failure, @Nullable String note) {
        CustomerKey key = new CustomerKey(new StoreKey("eu"), "1");
        Fingerprint desired = Fingerprint.of("x");
        return SyncState.of(
                new LedgerRow(key, status, desired, null, 0, 1, TIME, null, failure, note, TIME, TIME, null, 0));
    }
}
