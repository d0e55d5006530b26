package io.yotposync.outbox;

import static io.yotposync.outbox.LedgerStatus.IN_SYNC;
import static io.yotposync.outbox.LedgerStatus.PARKED;
import static io.yotposync.outbox.LedgerStatus.PENDING;
import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.TWO;
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
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every outbox keeps. */
public abstract class OutboxContract extends RivalsContract {

    @Test
    void aFirstStateIsPendingUntilItsDelayIsOver() {
        put(notBefore(live(ONE, "A"), at(2)));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().desired()).isEqualTo(print("A"));
        assertThat(row().acknowledged()).isNull();
        assertThat(row().sourceVersion()).isEqualTo(T0.toEpochMilli());
        assertThat(row().attempts()).isZero();
        assertThat(row().nextAttemptAt()).isEqualTo(at(2));
        assertThat(row().leasedUntil()).isNull();
        assertThat(row().failure()).isNull();
        assertThat(row().createdAt()).isEqualTo(T0);
        assertThat(claim(at(1))).isEmpty();
        assertThat(claim(at(2))).hasSize(1);
    }

    @Test
    void manySavesBecomeOneSendOfTheLatest() {
        put(live(ONE, "A"));
        put(live(ONE, "B"));
        put(live(ONE, "C"));

        List<Claim> claims = claim(at(1));

        assertThat(claims).hasSize(1);
        assertThat(claims.get(0).payload()).isEqualTo(payload("C"));
        assertThat(claims.get(0).fingerprint()).isEqualTo(print("C"));
        assertThat(claims.get(0).key()).isEqualTo(ONE);
        assertThat(claims.get(0).origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    void laterSavesDoNotPushTheSendBack() {
        put(notBefore(live(ONE, "A"), at(2)));
        put(notBefore(live(ONE, "B"), at(4)));

        assertThat(row().nextAttemptAt()).isEqualTo(at(2));
    }

    @Test
    void anAcknowledgedStateIsInSyncAndNotSentAgain() {
        sync("A");

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().acknowledgedAt()).isEqualTo(at(1));
        assertThat(claim(at(100))).isEmpty();
    }

    @Test
    void aNewStateAfterAnAcknowledgedOneIsPendingAgain() {
        sync("A");

        put(notBefore(live(ONE, "B"), at(9)));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().nextAttemptAt()).isEqualTo(at(9));
    }

    @Test
    void goingBackToTheAcknowledgedStateBeforeAnySendIsInSync() {
        sync("A");
        put(live(ONE, "B"));
        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().desired()).isEqualTo(print("A"));
        assertThat(claim(at(100))).isEmpty();
    }

    @Test
    void goingBackToTheAcknowledgedStateDuringASendIsSent() {
        sync("A");
        put(live(ONE, "B"));
        Claim sendingB = claimOne(at(10));

        put(live(ONE, "A"));
        assertThat(row().status()).isEqualTo(PENDING);
        complete(new Acknowledged(sendingB, null), at(11));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().acknowledged()).isEqualTo(print("B"));
        assertThat(claimOne(at(11)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void goingBackToTheAcknowledgedStateAfterAnUncertainSendIsSent() {
        sync("A");
        put(live(ONE, "B"));
        complete(new RetryAt(claimOne(at(10)), at(20), true, DOWN), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().nextAttemptAt()).isEqualTo(at(20));
        assertThat(claimOne(at(20)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void anUncertainSendThatUsedUpNoAttemptIsUncertainAllTheSame() {
        sync("A");
        put(live(ONE, "B"));
        complete(new RetryAt(claimOne(at(10)), at(20), false, DOWN), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
    }

    @Test
    void goingBackToTheAcknowledgedStateAfterASenderVanishedIsSent() {
        sync("A");
        put(live(ONE, "B"));
        claimOne(at(10));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(claimOne(at(1000)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void goingBackToTheAcknowledgedStateAfterAReleasedClaimIsInSync() {
        sync("A");
        put(live(ONE, "B"));
        complete(new Released(claimOne(at(10))), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    // ---- order

    @Test
    void anOlderStateNeverReplacesANewerOne() {
        put(live(ONE, "new", 5_500));
        put(live(ONE, "old", 5_499));

        assertThat(row().desired()).isEqualTo(print("new"));
        assertThat(row().sourceVersion()).isEqualTo(5_500);
    }

    @Test
    void ofTwoStatesOfOneMomentTheLaterCallWins() {
        put(live(ONE, "first", 5_500));
        put(live(ONE, "second", 5_500));

        assertThat(row().desired()).isEqualTo(print("second"));
    }

    @Test
    void aVersionInWholeSecondsReplacesTheMillisecondsOfItsSecond() {
        put(live(ONE, "millis", 5_900));
        put(live(ONE, "seconds", 5_000));

        assertThat(row().desired()).isEqualTo(print("seconds"));
        assertThat(row().sourceVersion()).isEqualTo(5_900);

        put(live(ONE, "other second", 4_000));
        assertThat(row().desired()).isEqualTo(print("seconds"));
    }

    @Test
    void theSameContentWithANewerVersionKeepsOutWhatCameInBetween() {
        sync("A");
        put(live(ONE, "A", T0.toEpochMilli() + 20));
        put(live(ONE, "late", T0.toEpochMilli() + 10));

        assertThat(row().desired()).isEqualTo(print("A"));
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    void anOlderStateDoesNotUnpark() {
        park("A");
        put(live(ONE, "A", T0.toEpochMilli() - 1));

        assertThat(row().status()).isEqualTo(PARKED);
    }

    // ---- acknowledgement

    @Test
    void aSaveDuringASendStaysPendingAndIsDueAtOnce() {
        put(live(ONE, "A"));
        Claim sendingA = claimOne(at(1));
        put(notBefore(live(ONE, "B"), at(30)));

        assertThat(complete(new Acknowledged(sendingA, null), at(2))).isTrue();

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("B"));
    }

    @Test
    void aSaveDuringASendIsNotSentBesideIt() {
        put(live(ONE, "A"));
        claimOne(at(1));
        put(live(ONE, "B"));

        assertThat(claim(at(2))).isEmpty();
    }

    @Test
    void anAcknowledgementKeepsItsNoteAndForgetsTheFailure() {
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
    void aLateAcknowledgementWithALostTokenIsRefused() {
        put(live(ONE, "A"));
        Claim stalled = claimOne(at(1));
        put(live(ONE, "B"));
        Claim second = claimOne(at(100));

        Acknowledged late = new Acknowledged(stalled, null);
        assertThat(outbox.complete(List.of(late), at(101))).hasSize(1).first().isSameAs(late);

        assertThat(row().acknowledged()).isNull();
        assertThat(row().leasedUntil()).isEqualTo(at(160));
        assertThat(complete(new Acknowledged(second, null), at(102))).isTrue();
        assertThat(row().acknowledged()).isEqualTo(print("B"));
    }

    @Test
    void aLateAcknowledgementThatNobodyOvertookCounts() {
        put(live(ONE, "A"));
        Claim slow = claimOne(at(1));

        assertThat(complete(new Acknowledged(slow, null), at(500))).isTrue();

        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    /** As where rows keep no payload: what is sent is read when it is. */
    @Test
    void aStateThatWasReadAnewCountsAsDesiredOnceItIsAcknowledged() {
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
    void aSaveWhileAStateIsReadAnewStaysPendingUnlessItIsThatState() {
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
    void aStateThatWasReadAnewAndRefusedIsParkedAsThatState() {
        put(live(ONE, "A"));
        Claim read = claimOne(at(1)).with(payload("B"), print("B"));

        complete(new Parked(read, REFUSED), at(2));

        assertThat(row().status()).isEqualTo(PARKED);
        put(scan(ONE, "B"));
        assertThat(row().status()).isEqualTo(PARKED);
    }

    @Test
    void aClaimIsCompletedOnlyOnce() {
        put(live(ONE, "A"));
        Claim claim = claimOne(at(1));

        assertThat(complete(new Acknowledged(claim, null), at(2))).isTrue();
        assertThat(complete(new Parked(claim, REFUSED), at(3))).isFalse();
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    void completionsOfSeveralStoresAndKindsGoTogether() {
        put(live(ONE, "A"));
        put(live(key(EU, "2"), "A"));
        put(live(key(EU, "3"), "A"));
        put(live(key(US, "1"), "A"));
        List<Claim> eu = claim(at(1));
        List<Claim> us = outbox.claim(lease(US, NODE, at(1)), 10, at(1));

        assertThat(outbox.complete(
                        List.of(
                                new Acknowledged(eu.get(0), null),
                                new Parked(eu.get(1), REFUSED),
                                new RetryAt(eu.get(2), at(9), true, DOWN),
                                new Released(us.get(0))),
                        at(2)))
                .isEmpty();

        assertThat(outbox.list(LedgerQuery.all()))
                .extracting(LedgerRow::status)
                .containsExactlyInAnyOrder(IN_SYNC, PARKED, PENDING, PENDING);
        assertThat(outbox.find(key(US, "1")).orElseThrow().status()).isEqualTo(PENDING);
    }

    @Test
    void aCompletionOfAnUnknownCustomerIsRefused() {
        Claim unknown = new Claim(key(EU, "404"), "1-x", payload("A"), print("A"), 0, Origin.LIVE);

        assertThat(complete(new Acknowledged(unknown, null), at(1))).isFalse();
        assertThat(outbox.complete(List.of(), at(1))).isEmpty();
    }

    @Test
    void whatIsInSyncHasNoPayloadLeftToRequeue() {
        sync("A");

        assertThat(outbox.requeue(LedgerQuery.all().withStatus(IN_SYNC), at(2))).isZero();
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    // ---- trying again

    @Test
    void aRetryWaitsUntilItsMomentAndCounts() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(30), true, DOWN), at(2));

        assertThat(row().attempts()).isEqualTo(1);
        assertThat(row().failure()).isEqualTo(DOWN);
        assertThat(row().nextAttemptAt()).isEqualTo(at(30));
        assertThat(row().leasedUntil()).isNull();
        assertThat(claim(at(29))).isEmpty();
        assertThat(claimOne(at(30)).attempts()).isEqualTo(1);
    }

    @Test
    void aRetryThatYotpoAskedForDoesNotCount() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(30), false, BUSY), at(2));

        assertThat(row().attempts()).isZero();
        assertThat(row().failure()).isEqualTo(BUSY);
        assertThat(claim(at(29))).isEmpty();
    }

    @Test
    void aPendingRowKeepsItsDelayWhenNewContentArrives() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(30), true, DOWN), at(2));

        put(live(ONE, "B"));

        assertThat(row().attempts()).isEqualTo(1);
        assertThat(claim(at(29))).isEmpty();
        assertThat(claimOne(at(30)).payload()).isEqualTo(payload("B"));
    }

    @Test
    void aReleasedClaimIsDueAtOnceWithNothingChanged() {
        put(live(ONE, "A"));
        complete(new Released(claimOne(at(1))), at(2));

        assertThat(row().attempts()).isZero();
        assertThat(row().failure()).isNull();
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void aRowWhoseLeaseEndedGoesToAnotherAndCountsAsTried() {
        put(live(ONE, "A"));
        Claim lost = claimOne(at(1));

        Claim taken = outbox.claim(lease(EU, "node-b", at(61)), 10, at(61)).get(0);

        assertThat(taken.token()).isNotEqualTo(lost.token());
        assertThat(taken.attempts()).isEqualTo(1);
        assertThat(row().failure()).isEqualTo(Failure.ABANDONED);
        assertThat(complete(new Acknowledged(lost, null), at(62))).isFalse();
        assertThat(complete(new Acknowledged(taken, null), at(62))).isTrue();
    }

    // ---- parked

    @Test
    void aParkedRowStaysAsideWithItsReason() {
        park("A");

        assertThat(row().status()).isEqualTo(PARKED);
        assertThat(row().failure()).isEqualTo(REFUSED);
        assertThat(row().attempts()).isEqualTo(1);
        assertThat(claim(at(1_000_000))).isEmpty();
        assertThat(outbox.dueStores(at(1_000_000))).isEmpty();
    }

    @Test
    void aLiveSaveUnparksEvenTheSameContent() {
        park("A");

        put(notBefore(live(ONE, "A"), at(7)));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
        assertThat(row().nextAttemptAt()).isEqualTo(at(7));
        assertThat(claimOne(at(7)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void aScanLeavesTheSameContentParkedAndSendsOther() {
        park("A");

        put(scan(ONE, "A"));
        assertThat(row().status()).isEqualTo(PARKED);

        put(scan(ONE, "B"));
        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
    }

    @Test
    void aRefusalOfWhatIsNoLongerWantedParksNothing() {
        put(live(ONE, "A"));
        Claim sendingA = claimOne(at(1));
        put(live(ONE, "B"));

        complete(new Parked(sendingA, REFUSED), at(2));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().attempts()).isZero();
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("B"));
    }

    @Test
    void aParkedRowThatGoesBackToTheAcknowledgedStateIsSent() {
        sync("A");
        put(live(ONE, "B"));
        complete(new Parked(claimOne(at(10)), REFUSED), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
    }

    // ---- requeue

    @Test
    void parkedRowsAreRequeuedByStore() {
        parkAll(at(1), ONE, key(US, "1"));

        assertThat(outbox.requeue(LedgerQuery.parked().withStore(US), at(5))).isEqualTo(1);

        assertThat(outbox.find(ONE).orElseThrow().status()).isEqualTo(PARKED);
        LedgerRow requeued = outbox.find(key(US, "1")).orElseThrow();
        assertThat(requeued.status()).isEqualTo(PENDING);
        assertThat(requeued.attempts()).isZero();
        assertThat(requeued.nextAttemptAt()).isEqualTo(at(5));
        assertThat(requeued.failure()).isEqualTo(REFUSED);
    }

    @Test
    void parkedRowsAreRequeuedByFailureOrCustomerAndNeverMoreThanAskedFor() {
        parkAll(at(1), ONE, key(EU, "2"), key(EU, "3"), key(US, "2"));

        assertThat(outbox.requeue(LedgerQuery.all().withFailure(FailureClass.CONFLICT), at(5)))
                .isZero();
        assertThat(outbox.requeue(
                        LedgerQuery.all().withFailure(FailureClass.VALIDATION).withLimit(1), at(5)))
                .isEqualTo(1);
        assertThat(outbox.requeue(LedgerQuery.all().withCustomer("2"), at(5))).isEqualTo(2);
        assertThat(outbox.requeue(LedgerQuery.all(), at(5))).isEqualTo(1);
        assertThat(outbox.requeue(LedgerQuery.all(), at(5))).isZero();
    }

    @Test
    void requeueLeavesPendingRowsAloneUnlessTheyAreNamed() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(900), true, DOWN), at(2));

        assertThat(outbox.requeue(LedgerQuery.all(), at(5))).isZero();
        assertThat(outbox.requeue(LedgerQuery.all().withStatus(PENDING), at(5))).isEqualTo(1);

        assertThat(claimOne(at(5)).attempts()).isZero();
    }

    @Test
    void requeueKeepsAClaimInFlight() {
        put(live(ONE, "A"));
        Claim inFlight = claimOne(at(1));
        outbox.requeue(LedgerQuery.all().withStatus(PENDING), at(2));

        assertThat(claim(at(3))).isEmpty();
        assertThat(complete(new Acknowledged(inFlight, null), at(4))).isTrue();
    }

    // ---- claims

    @Test
    void liveWorkGoesBeforeScansThenTheEarliestDue() {
        put(notBefore(scan(key(EU, "scan-early"), "A"), at(-9)));
        put(notBefore(scan(key(EU, "scan-late"), "A"), at(-8)));
        put(notBefore(live(key(EU, "live-late"), "A"), at(2)));
        put(notBefore(live(key(EU, "live-early"), "A"), at(1)));
        put(notBefore(live(key(EU, "live-not-yet"), "A"), at(50)));

        assertThat(claim(at(3)))
                .extracting(claim -> claim.key().customerId())
                .containsExactly("live-early", "live-late", "scan-early", "scan-late");
    }

    @Test
    void aLiveSaveMovesAScannedRowForward() {
        put(scan(key(EU, "other"), "A"));
        put(scan(ONE, "A"));
        put(live(ONE, "A"));

        List<Claim> claims = outbox.claim(lease(EU, NODE, at(1)), 1, at(1));

        assertThat(claims).extracting(Claim::key).containsExactly(ONE);
        assertThat(claims.get(0).origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    void aScanDoesNotMoveALiveRowBack() {
        put(live(ONE, "A"));
        put(scan(ONE, "B"));

        assertThat(claimOne(at(1)).origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    void noMoreThanAskedForAreClaimedAndNoneTwice() {
        IntStream.range(0, 25).forEach(i -> put(live(key(EU, "c" + i), "A")));
        LaneLease lease = lease(EU, NODE, at(1));

        List<Claim> first = outbox.claim(lease, 10, at(1));
        List<Claim> second = outbox.claim(lease, 10, at(1));
        List<Claim> third = outbox.claim(lease, 10, at(1));

        assertThat(first).hasSize(10);
        assertThat(second).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(third).hasSize(5);
        assertThat(outbox.claim(lease, 0, at(1))).isEmpty();
        assertThat(first.get(0).token()).isNotEqualTo(second.get(0).token());
    }

    @Test
    void aProbeIsARowThatHasNotFailedIfThereIsOne() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(2), true, DOWN), at(1));
        put(notBefore(live(TWO, "B"), at(3)));

        assertThat(outbox.claimProbe(lease(EU, NODE, at(3)), at(3)))
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(TWO));
        assertThat(outbox.claimProbe(lease(EU, NODE, at(3)), at(3)))
                .as("the next one")
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(ONE));
        assertThat(outbox.claimProbe(lease(EU, NODE, at(3)), at(3))).isEmpty();
    }

    @Test
    void aProbeMayBeOfAScanAndNeedsAHeldLane() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(2), true, DOWN), at(1));
        put(scan(TWO, "B"));
        LaneLease lost = lease(EU, "node-a", at(62));
        outbox.release(lost);

        assertThat(outbox.claimProbe(lost, at(62))).isEmpty();
        assertThat(outbox.claimProbe(lease(EU, "node-b", at(62)), at(62)))
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(TWO));
    }

    @Test
    void claimsEndWithTheLeaseTheyWereMadeUnder() {
        put(live(ONE, "A"));
        claimOne(at(1));

        assertThat(row().leasedUntil()).isEqualTo(at(61));
        lease(EU, NODE, at(50));
        assertThat(row().leasedUntil()).isEqualTo(at(61));
    }

    @Test
    void oneStoresWorkIsNotClaimedForAnother() {
        put(live(ONE, "A"));

        assertThat(outbox.claim(lease(US, NODE, at(1)), 10, at(1))).isEmpty();
    }

    @Test
    void storesWithDueWorkAreNamed() {
        put(live(ONE, "A"));
        put(notBefore(live(key(US, "1"), "A"), at(9)));

        assertThat(outbox.dueStores(at(1))).containsExactly(EU);
        assertThat(outbox.dueStores(at(9))).containsExactlyInAnyOrder(EU, US);
        claimOne(at(1));
        assertThat(outbox.dueStores(at(2))).isEmpty();
        assertThat(outbox.dueStores(at(61))).containsExactlyInAnyOrder(EU, US);
    }

    // ---- the lane

    @Test
    void aLaneHeldByAnotherNodeIsNotGiven() {
        lease(EU, "node-a", at(0));

        assertThat(outbox.lease(EU, "node-b", LEASE, at(59))).isEmpty();
        assertThat(outbox.lease(US, "node-b", LEASE, at(59))).isPresent();
    }

    @Test
    void aLaneThatWasTakenByAClockFarAheadIsGiven() {
        long before = lease(EU, NODE, at(3_600)).fence();

        LaneLease after = lease(EU, "node-b", at(1));

        assertThat(after.until()).isEqualTo(at(1).plus(LEASE));
        assertThat(after.fence()).isGreaterThan(before);
        assertThat(outbox.lease(EU, NODE, LEASE, at(2))).isEmpty();
    }

    @Test
    void aLaneIsGivenOnWhenItsLeaseEndsAndTheFenceRises() {
        LaneLease first = lease(EU, "node-a", at(0));

        LaneLease second = lease(EU, "node-b", at(60));

        assertThat(second.node()).isEqualTo("node-b");
        assertThat(second.store()).isEqualTo(EU);
        assertThat(second.until()).isEqualTo(at(120));
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void aRenewedLaneKeepsItsFence() {
        LaneLease first = lease(EU, NODE, at(0));

        LaneLease renewed = lease(EU, NODE, at(30));

        assertThat(renewed.fence()).isEqualTo(first.fence());
        assertThat(renewed.until()).isEqualTo(at(90));
    }

    @Test
    void aReleasedLaneIsGivenAtOnceAndTheFenceRises() {
        LaneLease first = lease(EU, "node-a", at(0));
        outbox.release(first);

        assertThat(lease(EU, "node-b", at(1)).fence()).isGreaterThan(first.fence());
    }

    @Test
    void releasingALostLaneTakesNothingFromTheNewHolder() {
        LaneLease lost = lease(EU, "node-a", at(0));
        lease(EU, "node-b", at(60));
        outbox.release(lost);

        assertThat(outbox.lease(EU, "node-a", LEASE, at(61))).isEmpty();
    }

    @Test
    void aLostLaneClaimsNothing() {
        put(live(ONE, "A"));
        LaneLease lost = lease(EU, "node-a", at(0));
        LaneLease held = lease(EU, "node-b", at(60));

        assertThat(outbox.claim(lost, 10, at(61))).isEmpty();
        assertThat(outbox.claim(held, 10, at(61))).hasSize(1);
    }

    @Test
    void anEndedOrReleasedLaneClaimsNothing() {
        put(live(ONE, "A"));
        LaneLease lease = lease(EU, NODE, at(0));

        assertThat(outbox.claim(lease, 10, at(60))).isEmpty();
        outbox.release(lease);
        assertThat(outbox.claim(lease, 10, at(1))).isEmpty();
    }

    // ---- looking at it

    @Test
    void anUnknownCustomerIsNotFound() {
        assertThat(outbox.find(ONE)).isEmpty();
        assertThat(outbox.list(LedgerQuery.all())).isEmpty();
        assertThat(outbox.counts()).isEmpty();
        assertThat(outbox.dueStores(at(1))).isEmpty();
    }

    @Test
    void idsThatDifferInCaseOnlyAreTwoCustomers() {
        put(live(key(EU, "abc"), "A"));
        put(live(key(EU, "ABC"), "B"));

        assertThat(outbox.list(LedgerQuery.all())).hasSize(2);
        assertThat(outbox.find(key(EU, "ABC")).orElseThrow().desired()).isEqualTo(print("B"));
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfStoreThenCustomer() {
        for (String id : List.of("b", "a", "C", "10", "9")) {
            put(live(key(EU, id), "A"));
            put(live(key(US, id), "A"));
        }

        List<LedgerRow> first = outbox.list(LedgerQuery.all().withLimit(3));
        List<LedgerRow> second =
                outbox.list(LedgerQuery.all().withLimit(3).after(first.get(2).key()));
        List<LedgerRow> rest =
                outbox.list(LedgerQuery.all().withLimit(9).after(second.get(2).key()));

        assertThat(first).extracting(row -> row.key().toString()).containsExactly("eu/10", "eu/9", "eu/C");
        assertThat(second).extracting(row -> row.key().toString()).containsExactly("eu/a", "eu/b", "us/10");
        assertThat(rest).extracting(row -> row.key().toString()).containsExactly("us/9", "us/C", "us/a", "us/b");
    }

    @Test
    void pagesOfOneStoreBeginBehindAnyOfItsCustomers() {
        for (String id : List.of("b", "a", "C", "10", "9")) {
            put(live(key(EU, id), "A"));
            put(live(key(US, id), "A"));
        }

        assertThat(outbox.list(
                        LedgerQuery.all().withStore(EU).after(key(EU, "")).withLimit(2)))
                .extracting(row -> row.key().toString())
                .containsExactly("eu/10", "eu/9");
        assertThat(outbox.list(LedgerQuery.all().withStore(EU).after(key(EU, "D"))))
                .extracting(row -> row.key().toString())
                .containsExactly("eu/a", "eu/b");
        assertThat(outbox.list(LedgerQuery.all().withStore(US).after(key(EU, "z"))))
                .hasSize(5);
        assertThat(outbox.list(LedgerQuery.all().withStore(EU).after(key(US, ""))))
                .isEmpty();
    }

    @Test
    void rowsAreFoundByStoreStatusFailureAndCustomer() {
        parkAll(at(1), ONE, key(US, "1"));
        put(live(key(EU, "2"), "A"));

        assertThat(outbox.list(LedgerQuery.parked())).hasSize(2);
        assertThat(outbox.list(LedgerQuery.all().withStore(EU))).hasSize(2);
        assertThat(outbox.list(LedgerQuery.all().withCustomer("1"))).hasSize(2);
        assertThat(outbox.list(LedgerQuery.all().withFailure(FailureClass.VALIDATION)))
                .hasSize(2);
        assertThat(outbox.list(LedgerQuery.parked()
                        .withStore(EU)
                        .withCustomer("1")
                        .withFailure(FailureClass.VALIDATION)
                        .after(key(EU, "0"))))
                .extracting(LedgerRow::key)
                .containsExactly(ONE);
    }

    @Test
    void countsSayHowManyStandWhereAndSinceWhen() {
        parkAll(at(1), ONE);
        outbox.upsert(List.of(live(key(EU, "2"), "A")), at(5));
        outbox.upsert(List.of(live(key(EU, "3"), "A")), at(6));
        outbox.upsert(List.of(live(key(EU, "2"), "B")), at(7));
        put(live(key(US, "1"), "A"));
        complete(new Acknowledged(outbox.claim(lease(US, NODE, at(1)), 1, at(1)).get(0), null), at(2));

        assertThat(outbox.counts())
                .hasSize(2)
                .containsEntry(EU, new LedgerCounts(2, 0, 1, at(5)))
                .containsEntry(US, new LedgerCounts(0, 1, 0, null));
    }

    @Test
    void aBatchMayMixNewAndKnownCustomersOfSeveralStores() {
        put(live(ONE, "A"));

        assertThat(outbox.upsert(List.of(live(key(US, "9"), "X"), live(ONE, "B"), scan(key(EU, "2"), "Y")), at(1)))
                .isEmpty();
        assertThat(outbox.upsert(List.of(), at(1))).isEmpty();

        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(row().createdAt()).isEqualTo(T0);
        assertThat(row().updatedAt()).isEqualTo(at(1));
        assertThat(outbox.list(LedgerQuery.all())).hasSize(3);
    }

    @Test
    void aScanSeesWhatItComparesWith() {
        sync("A");
        put(live(ONE, "B"), live(key(US, "1"), "C"));

        Map<CustomerKey, LedgerMark> marks = outbox.marks(List.of(ONE, key(EU, "2")));

        assertThat(marks).containsOnlyKeys(ONE);
        LedgerMark mark = Objects.requireNonNull(marks.get(ONE));
        assertThat(mark.status()).isEqualTo(PENDING);
        assertThat(mark.desired()).isEqualTo(print("B"));
        assertThat(mark.acknowledged()).isEqualTo(print("A"));
        assertThat(mark.acknowledgedFields())
                .isEqualTo("fields of " + payload("A").length());
        assertThat(mark.acknowledgedAt()).isEqualTo(at(1));
        assertThat(outbox.marks(List.of())).isEmpty();
    }

    @Test
    void theBacklogIsCountedNoFurtherThanAsked() {
        put(live(ONE, "A"), live(key(EU, "2"), "A"), scan(key(EU, "3"), "A"), live(key(US, "1"), "A"));

        assertThat(outbox.backlog(EU, 10)).isEqualTo(3);
        assertThat(outbox.backlog(EU, 2)).isEqualTo(2);
        assertThat(outbox.backlog(US, 10)).isEqualTo(1);
    }

    @Test
    void whatIsDistrustedIsSentAgainThoughItDidNotChange() {
        sync("A");

        outbox.distrust(List.of(ONE, key(EU, "2")), at(2));
        assertThat(row().status()).isEqualTo(IN_SYNC);
        put(scan(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(claimOne(at(3)).payload()).isEqualTo(payload("A"));
    }

    @Test
    void aPendingRowIsNotDistrusted() {
        put(live(ONE, "A"));

        outbox.distrust(List.of(ONE), at(2));

        assertThat(row().desired()).isEqualTo(print("A"));
    }

    @Test
    void aRowWhoseSenderVanishedIsForgottenWhenItsLeaseEnded() {
        put(live(ONE, "A"));
        Claim claim = claimOne(T0);
        Instant end = T0.plus(LEASE);

        assertThat(outbox.forget(List.of(ONE), end.minusMillis(1))).containsExactly(ONE);
        assertThat(outbox.forget(List.of(ONE), end)).isEmpty();

        assertThat(outbox.find(ONE)).isEmpty();
        assertThat(complete(new Acknowledged(claim, null), end)).isFalse();
    }

    @Test
    void aForgottenRowIsGoneUnlessItChangedOrIsHeld() {
        CustomerKey held = key(EU, "2");
        put(live(ONE, "A"), live(key(US, "1"), "A"));
        outbox.claim(lease(US, NODE, T0), 1, T0);
        outbox.upsert(List.of(live(held, "A")), at(5));

        assertThat(outbox.forget(List.of(ONE, held, key(US, "1"), key(EU, "9")), at(4)))
                .containsExactlyInAnyOrder(held, key(US, "1"));

        assertThat(outbox.find(ONE)).isEmpty();
        assertThat(outbox.backlog(EU, 10)).isEqualTo(1);
        put(live(ONE, "B"));
        assertThat(row().status()).isEqualTo(PENDING);
    }
}
