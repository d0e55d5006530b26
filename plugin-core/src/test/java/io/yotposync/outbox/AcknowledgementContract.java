package io.yotposync.outbox;

import static io.yotposync.outbox.LedgerStatus.IN_SYNC;
import static io.yotposync.outbox.LedgerStatus.PARKED;
import static io.yotposync.outbox.LedgerStatus.PENDING;
import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.notBefore;
import static io.yotposync.outbox.States.payload;
import static io.yotposync.outbox.States.print;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox takes for acknowledged: what was sent, once, by whoever holds the row. */
interface AcknowledgementContract extends OutboxScene {

    @Test
    default void aSaveDuringASendStaysPendingAndIsDueAtOnce() {
        put(live(ONE, "A"));
        Claim sendingA = claimOne(at(1));
        put(notBefore(live(ONE, "B"), at(30)));

        assertThat(complete(new Acknowledged(sendingA, null), at(2))).isTrue();

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(outbox().counts()).containsEntry(EU, new LedgerCounts(1, 0, 0, at(2)));
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("B"));
    }

    @Test
    default void aSaveDuringASendIsNotSentBesideIt() {
        put(live(ONE, "A"));
        claimOne(at(1));
        put(live(ONE, "B"));

        assertThat(claim(at(2))).isEmpty();
    }

    @Test
    default void anAcknowledgementKeepsItsNoteAndForgetsTheFailure() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(5), true, DOWN), at(2));
        complete(new Acknowledged(claimOne(at(5)), "phone_number left out"), at(6));

        assertThat(row().note()).isEqualTo("phone_number left out");
        assertThat(row().failure()).isNull();
        assertThat(row().attempts()).isZero();
        assertThat(row().leasedUntil()).isNull();

        put(live(ONE, "B"));
        complete(new Acknowledged(claimOne(at(7)), null), at(8));
        assertThat(row().note()).isNull();
    }

    @Test
    default void aLateAcknowledgementWithALostTokenIsRefused() {
        put(live(ONE, "A"));
        Claim stalled = claimOne(at(1));
        put(live(ONE, "B"));
        Claim second = claimOne(at(100));

        Acknowledged late = new Acknowledged(stalled, null);
        assertThat(outbox().complete(List.of(late), at(101))).hasSize(1).first().isSameAs(late);

        assertThat(row().acknowledged()).isNull();
        assertThat(row().leasedUntil()).isEqualTo(at(160));
        assertThat(complete(new Acknowledged(second, null), at(102))).isTrue();
        assertThat(row().acknowledged()).isEqualTo(print("B"));
    }

    @Test
    default void aLateAcknowledgementThatNobodyOvertookCounts() {
        put(live(ONE, "A"));
        Claim slow = claimOne(at(1));

        assertThat(complete(new Acknowledged(slow, null), at(500))).isTrue();

        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    /** As where rows keep no payload: what is sent is read when it is. */
    @Test
    default void aStateThatWasReadAnewCountsAsDesiredOnceItIsAcknowledged() {
        put(live(ONE, "A"));
        Claim read = claimOne(at(1)).with(payload("B"), print("B"));

        assertThat(complete(new Acknowledged(read, null), at(2))).isTrue();

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(row().acknowledged()).isEqualTo(print("B"));
        assertThat(claim(at(3))).isEmpty();
        put(scan(ONE, "B"));
        assertThat(claim(at(3))).isEmpty();
    }

    @Test
    default void aSaveWhileAStateIsReadAnewStaysPendingUnlessItIsThatState() {
        put(live(ONE, "A"));
        Claim read = claimOne(at(1)).with(payload("B"), print("B"));
        put(live(ONE, "C"));
        complete(new Acknowledged(read, null), at(2));
        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().desired()).isEqualTo(print("C"));

        Claim again = claimOne(at(2)).with(payload("D"), print("D"));
        put(live(ONE, "D"));
        complete(new Acknowledged(again, null), at(3));
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    default void aStateThatWasReadAnewAndRefusedIsParkedAsThatState() {
        put(live(ONE, "A"));
        Claim read = claimOne(at(1)).with(payload("B"), print("B"));

        complete(new Parked(read, REFUSED), at(2));

        assertThat(row().status()).isEqualTo(PARKED);
        put(scan(ONE, "B"));
        assertThat(row().status()).isEqualTo(PARKED);
    }

    @Test
    default void aClaimIsCompletedOnlyOnce() {
        put(live(ONE, "A"));
        Claim claim = claimOne(at(1));

        assertThat(complete(new Acknowledged(claim, null), at(2))).isTrue();
        assertThat(complete(new Parked(claim, REFUSED), at(3))).isFalse();
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    default void completionsOfSeveralStoresAndKindsGoTogether() {
        put(live(ONE, "A"));
        put(live(key(EU, "2"), "A"));
        put(live(key(EU, "3"), "A"));
        put(live(key(US, "1"), "A"));
        List<Claim> eu = claim(at(1));
        List<Claim> us = outbox().claim(lease(US, NODE, at(1)), 10, at(1));

        assertThat(outbox().complete(
                                List.of(
                                        new Acknowledged(eu.get(0), null),
                                        new Parked(eu.get(1), REFUSED),
                                        new RetryAt(eu.get(2), at(9), true, DOWN),
                                        new Released(us.get(0))),
                                at(2)))
                .isEmpty();

        assertThat(outbox().list(LedgerQuery.all()))
                .extracting(LedgerRow::status)
                .containsExactlyInAnyOrder(IN_SYNC, PARKED, PENDING, PENDING);
        assertThat(outbox().find(key(US, "1")).orElseThrow().status()).isEqualTo(PENDING);
    }

    @Test
    default void aCompletionOfAnUnknownCustomerIsRefused() {
        Claim unknown = new Claim(key(EU, "404"), "1-x", payload("A"), print("A"), 0, Origin.LIVE);

        assertThat(complete(new Acknowledged(unknown, null), at(1))).isFalse();
        assertThat(outbox().complete(List.of(), at(1))).isEmpty();
    }
}
