package io.yotposync.outbox;

import static io.yotposync.outbox.LedgerStatus.IN_SYNC;
import static io.yotposync.outbox.LedgerStatus.PENDING;
import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.TWO;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.payload;
import static io.yotposync.outbox.States.print;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every outbox does for a scan: marks to compare with, and rows to distrust or to forget. */
interface ScanContract extends OutboxScene {

    @Test
    default void aScanSeesWhatItComparesWith() {
        sync("A");
        put(live(ONE, "B"), live(key(US, "1"), "C"));

        Map<CustomerKey, LedgerMark> marks = outbox().marks(List.of(ONE, key(EU, "2")));

        assertThat(marks).containsOnlyKeys(ONE);
        LedgerMark mark = Objects.requireNonNull(marks.get(ONE));
        assertThat(mark.status()).isEqualTo(PENDING);
        assertThat(mark.desired()).isEqualTo(print("B"));
        assertThat(mark.acknowledged()).isEqualTo(print("A"));
        assertThat(mark.acknowledgedFields())
                .isEqualTo("fields of " + payload("A").length());
        assertThat(mark.acknowledgedAt()).isEqualTo(at(1));
        assertThat(outbox().marks(List.of())).isEmpty();
    }

    /** By it, a scan disables whom Yotpo may know. */
    @Test
    default void aMarkTellsWhetherYotpoMayHaveTakenWhatItDidNotAcknowledge() {
        put(live(ONE, "A"));
        assertThat(mark(ONE).tried()).isFalse();
        Claim sending = claimOne(T0);
        assertThat(mark(ONE).tried()).isTrue();
        complete(new Released(sending), T0);
        assertThat(mark(ONE).tried()).isFalse();
        complete(new RetryAt(claimOne(T0), at(1), false, BUSY), T0);
        assertThat(mark(ONE).tried()).isFalse();
        complete(new RetryAt(claimOne(at(1)), at(2), false, DOWN), at(1));
        assertThat(mark(ONE).tried()).isTrue();
        complete(new Acknowledged(claimOne(at(2)), null), at(2));
        assertThat(mark(ONE).tried()).isFalse();
    }

    @Test
    default void aMarkTellsThatWhatWasRefusedAtTheFirstTryIsNotAtYotpo() {
        park("A");
        assertThat(mark(ONE).tried()).isFalse();

        put(live(TWO, "A"));
        complete(new RetryAt(claimOne(at(1)), at(2), true, BUSY), at(1));
        assertThat(mark(TWO).tried()).isTrue();
        complete(new Parked(claimOne(at(2)), REFUSED), at(2));
        assertThat(mark(TWO).tried()).isTrue();
    }

    @Test
    default void whatIsSaidOfFieldsKnowsWhatWasSaidBefore() {
        sync("A");
        sync("longer");

        assertThat(Objects.requireNonNull(outbox().marks(List.of(ONE)).get(ONE)).acknowledgedFields())
                .isEqualTo("fields of " + payload("longer").length() + " after fields of "
                        + payload("A").length());
    }

    @Test
    default void theBacklogIsCountedNoFurtherThanAsked() {
        put(live(ONE, "A"), live(key(EU, "2"), "A"), scan(key(EU, "3"), "A"), live(key(US, "1"), "A"));

        assertThat(outbox().backlog(EU, 10)).isEqualTo(3);
        assertThat(outbox().backlog(EU, 2)).isEqualTo(2);
        assertThat(outbox().backlog(US, 10)).isEqualTo(1);
    }

    @Test
    default void whatIsDistrustedIsSentAgainThoughItDidNotChange() {
        sync("A");

        outbox().distrust(List.of(ONE, key(EU, "2")), at(2));
        assertThat(row().status()).isEqualTo(IN_SYNC);
        put(scan(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(claimOne(at(3)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void aPendingRowIsNotDistrusted() {
        put(live(ONE, "A"));

        outbox().distrust(List.of(ONE), at(2));

        assertThat(row().desired()).isEqualTo(print("A"));
    }

    @Test
    default void aRowWhoseSenderVanishedIsForgottenWhenItsLeaseEnded() {
        put(live(ONE, "A"));
        Claim claim = claimOne(T0);
        Instant end = T0.plus(LEASE);

        assertThat(outbox().forget(List.of(ONE), end.minusMillis(1))).containsExactly(ONE);
        assertThat(outbox().forget(List.of(ONE), end)).isEmpty();

        assertThat(outbox().find(ONE)).isEmpty();
        assertThat(complete(new Acknowledged(claim, null), end)).isFalse();
    }

    @Test
    default void aForgottenRowIsGoneUnlessItChangedOrIsHeld() {
        CustomerKey held = key(EU, "2");
        put(live(ONE, "A"), live(key(US, "1"), "A"));
        outbox().claim(lease(US, NODE, T0), 1, T0);
        outbox().upsert(List.of(live(held, "A")), at(5));

        assertThat(outbox().forget(List.of(ONE, held, key(US, "1"), key(EU, "9")), at(4)))
                .containsExactlyInAnyOrder(held, key(US, "1"));

        assertThat(outbox().find(ONE)).isEmpty();
        assertThat(outbox().backlog(EU, 10)).isEqualTo(1);
        put(live(ONE, "B"));
        assertThat(row().status()).isEqualTo(PENDING);
    }

    /** Its moment is that of the call, which may have waited for the storage. */
    @Test
    default void aRowThatAnEarlierSaveChangedAfterTheLookStays() {
        sync("A");
        Instant seen = mark(ONE).updatedAt();
        put(live(ONE, "B"));

        assertThat(outbox().forget(List.of(ONE), seen)).containsExactly(ONE);
    }
}
