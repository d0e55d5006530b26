package io.yotposync.outbox;

import static io.yotposync.outbox.LedgerStatus.IN_SYNC;
import static io.yotposync.outbox.LedgerStatus.PARKED;
import static io.yotposync.outbox.LedgerStatus.PENDING;
import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.notBefore;
import static io.yotposync.outbox.States.payload;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.store.CustomerKey;
import org.junit.jupiter.api.Test;

/** How every outbox keeps refused rows aside, until a save or an operator has them sent. */
interface ParkingContract extends OutboxScene {

    @Test
    default void aParkedRowStaysAsideWithItsReason() {
        park("A");

        assertThat(row().status()).isEqualTo(PARKED);
        assertThat(row().failure()).isEqualTo(REFUSED);
        assertThat(row().attempts()).isEqualTo(1);
        assertThat(claim(at(1_000_000))).isEmpty();
        assertThat(outbox().dueStores(at(1_000_000))).isEmpty();
    }

    @Test
    default void aLiveSaveUnparksEvenTheSameContent() {
        park("A");

        put(notBefore(live(ONE, "A"), at(7)));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
        assertThat(row().nextAttemptAt()).isEqualTo(at(7));
        assertThat(claimOne(at(7)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void aScanLeavesTheSameContentParkedAndSendsOther() {
        park("A");

        put(scan(ONE, "A"));
        put(scan(ONE, "A").withVersion(T0.toEpochMilli() + 1));
        assertThat(row().status()).isEqualTo(PARKED);

        put(scan(ONE, "B").withVersion(T0.toEpochMilli() + 1));
        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
    }

    @Test
    default void aRefusalOfWhatIsNoLongerWantedParksNothing() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(T0), at(1), true, DOWN), T0);
        Claim sendingA = claimOne(at(1));
        put(live(ONE, "B"));

        complete(new Parked(sendingA, REFUSED), at(2));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
        assertThat(outbox().counts()).containsEntry(EU, new LedgerCounts(1, 0, 0, at(2)));
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("B"));
    }

    @Test
    default void aParkedRowThatGoesBackToTheAcknowledgedStateIsSent() {
        sync("A");
        put(live(ONE, "B"));
        complete(new Parked(claimOne(at(10)), REFUSED), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
    }

    @Test
    default void parkedRowsAreRequeuedByStore() {
        parkAll(at(1), ONE, key(US, "1"));

        assertThat(outbox().requeue(LedgerQuery.parked().withStore(US), at(5))).isEqualTo(1);

        assertThat(outbox().find(ONE).orElseThrow().status()).isEqualTo(PARKED);
        LedgerRow requeued = outbox().find(key(US, "1")).orElseThrow();
        assertThat(requeued.status()).isEqualTo(PENDING);
        assertThat(requeued.attempts()).isZero();
        assertThat(requeued.nextAttemptAt()).isEqualTo(at(5));
        assertThat(requeued.failure()).isEqualTo(REFUSED);
    }

    @Test
    default void parkedRowsAreRequeuedByFailureOrCustomerAndNeverMoreThanAskedFor() {
        parkAll(at(1), ONE, key(EU, "2"), key(EU, "3"), key(US, "2"));

        assertThat(outbox().requeue(LedgerQuery.all().withFailure(FailureClass.CONFLICT), at(5)))
                .isZero();
        assertThat(outbox().requeue(
                                LedgerQuery.all()
                                        .withFailure(FailureClass.VALIDATION)
                                        .withLimit(1),
                                at(5)))
                .isEqualTo(1);
        assertThat(outbox().requeue(LedgerQuery.all().withCustomer("2"), at(5))).isEqualTo(2);
        assertThat(outbox().requeue(LedgerQuery.all(), at(5))).isEqualTo(1);
        assertThat(outbox().requeue(LedgerQuery.all(), at(5))).isZero();
    }

    @Test
    default void requeueLeavesPendingRowsAloneUnlessTheyAreNamed() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(900), true, DOWN), at(2));

        assertThat(outbox().requeue(LedgerQuery.all(), at(5))).isZero();
        assertThat(outbox().requeue(LedgerQuery.all().withStatus(PENDING), at(5)))
                .isEqualTo(1);

        assertThat(claimOne(at(5)).attempts()).isZero();
    }

    @Test
    default void manyWhoAreRequeuedGoBehindLiveSavesAndOneWhoIsNamedWithThem() {
        CustomerKey many = key(EU, "1");
        CustomerKey named = key(EU, "2");
        parkAll(at(1), many, named);

        outbox().requeue(LedgerQuery.parked().withCustomer("2"), at(2));
        outbox().requeue(LedgerQuery.parked(), at(3));
        put(notBefore(live(key(EU, "3"), "A"), at(4)));

        assertThat(claim(at(5)).stream().map(Claim::key)).containsExactly(named, key(EU, "3"), many);
    }

    @Test
    default void aLiveSaveThatWaitsIsNotPutBehindByAllWhoAreRequeued() {
        put(live(ONE, "A"));
        put(scan(key(EU, "0"), "A"));

        outbox().requeue(LedgerQuery.all().withStatus(PENDING), at(5));

        assertThat(claim(at(6)).stream().map(Claim::key)).containsExactly(ONE, key(EU, "0"));
    }

    @Test
    default void aParkedRowIsPendingSinceItWasRequeuedAndAPendingOneSinceBefore() {
        park("A");

        outbox().requeue(LedgerQuery.all(), at(5));
        outbox().requeue(LedgerQuery.all().withStatus(PENDING), at(7));

        assertThat(outbox().counts()).containsEntry(EU, new LedgerCounts(1, 0, 0, at(5)));
    }

    @Test
    default void requeueKeepsAClaimInFlight() {
        put(live(ONE, "A"));
        Claim inFlight = claimOne(at(1));
        outbox().requeue(LedgerQuery.all().withStatus(PENDING), at(2));

        assertThat(claim(at(3))).isEmpty();
        assertThat(complete(new Acknowledged(inFlight, null), at(4))).isTrue();
    }

    @Test
    default void whatIsInSyncHasNoPayloadLeftToRequeue() {
        sync("A");

        assertThat(outbox().requeue(LedgerQuery.all().withStatus(IN_SYNC), at(2)))
                .isZero();
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }
}
