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
import static io.yotposync.outbox.States.print;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox makes of a save: the newest state is desired, and what is acknowledged already is not sent again. */
interface DesiredStateContract extends OutboxScene {

    @Test
    default void aFirstStateIsPendingUntilItsDelayIsOver() {
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
    default void manySavesBecomeOneSendOfTheLatest() {
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
    default void laterSavesDoNotPushTheSendBack() {
        put(notBefore(live(ONE, "A"), at(2)));
        put(notBefore(live(ONE, "B"), at(4)));

        assertThat(row().nextAttemptAt()).isEqualTo(at(2));
    }

    @Test
    default void aBatchMayMixNewAndKnownCustomersOfSeveralStores() {
        put(live(ONE, "A"));

        assertThat(outbox().upsert(List.of(live(key(US, "9"), "X"), live(ONE, "B"), scan(key(EU, "2"), "Y")), at(1)))
                .isEmpty();
        assertThat(outbox().upsert(List.of(), at(1))).isEmpty();

        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(row().createdAt()).isEqualTo(T0);
        assertThat(row().updatedAt()).isEqualTo(at(1));
        assertThat(outbox().list(LedgerQuery.all())).hasSize(3);
    }

    @Test
    default void anAcknowledgedStateIsInSyncAndNotSentAgain() {
        sync("A");

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().acknowledgedAt()).isEqualTo(at(1));
        assertThat(claim(at(100))).isEmpty();
    }

    @Test
    default void aNewStateAfterAnAcknowledgedOneIsPendingAgain() {
        sync("A");

        put(notBefore(live(ONE, "B"), at(9)));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().nextAttemptAt()).isEqualTo(at(9));
    }

    @Test
    default void goingBackToTheAcknowledgedStateBeforeAnySendIsInSync() {
        sync("A");
        put(live(ONE, "B"));
        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().desired()).isEqualTo(print("A"));
        assertThat(claim(at(100))).isEmpty();
    }

    @Test
    default void goingBackToTheAcknowledgedStateDuringASendIsSent() {
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
    default void goingBackToTheAcknowledgedStateAfterAnUncertainSendIsSent() {
        sync("A");
        put(live(ONE, "B"));
        complete(new RetryAt(claimOne(at(10)), at(20), true, DOWN), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(row().nextAttemptAt()).isEqualTo(at(20));
        assertThat(claimOne(at(20)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void anUncertainSendThatUsedUpNoAttemptIsUncertainAllTheSame() {
        sync("A");
        put(live(ONE, "B"));
        complete(new RetryAt(claimOne(at(10)), at(20), false, DOWN), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
    }

    @Test
    default void goingBackToTheAcknowledgedStateAfterASenderVanishedIsSent() {
        sync("A");
        put(live(ONE, "B"));
        claimOne(at(10));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(claimOne(at(1000)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void goingBackToTheAcknowledgedStateAfterAReleasedClaimIsInSync() {
        sync("A");
        put(live(ONE, "B"));
        complete(new Released(claimOne(at(10))), at(11));

        put(live(ONE, "A"));

        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    default void anOlderStateNeverReplacesANewerOne() {
        put(live(ONE, "new", 5_500));
        put(live(ONE, "old", 5_499));

        assertThat(row().desired()).isEqualTo(print("new"));
        assertThat(row().sourceVersion()).isEqualTo(5_500);
    }

    @Test
    default void ofTwoStatesOfOneMomentTheLaterCallWins() {
        put(live(ONE, "first", 5_500));
        put(live(ONE, "second", 5_500));

        assertThat(row().desired()).isEqualTo(print("second"));
    }

    @Test
    default void aVersionInWholeSecondsReplacesTheMillisecondsOfItsSecond() {
        put(live(ONE, "millis", 5_999));
        put(live(ONE, "seconds", 5_000));

        assertThat(row().desired()).isEqualTo(print("seconds"));
        assertThat(row().sourceVersion()).isEqualTo(5_999);

        put(live(ONE, "other second", 4_000));
        assertThat(row().desired()).isEqualTo(print("seconds"));
    }

    @Test
    default void theSameContentWithANewerVersionKeepsOutWhatCameInBetween() {
        sync("A");
        put(live(ONE, "A", T0.toEpochMilli() + 20));
        put(live(ONE, "late", T0.toEpochMilli() + 10));

        assertThat(row().desired()).isEqualTo(print("A"));
        assertThat(row().status()).isEqualTo(IN_SYNC);
    }

    @Test
    default void aStateOfATimeThatAClockWasPutBackFromIsReplacedByTheNextSaveAndOrdersNothingSince() {
        Instant ahead = at(3900).plusMillis(1);
        put(notBefore(live(ONE, "ahead", ahead.toEpochMilli()), ahead));
        put(live(ONE, "B", T0.toEpochMilli()));

        assertThat(row().desired()).isEqualTo(print("B"));
        assertThat(row().sourceVersion()).isEqualTo(T0.toEpochMilli());
        assertThat(row().nextAttemptAt()).isEqualTo(T0);
        put(live(ONE, "old", T0.toEpochMilli() - 1));
        assertThat(row().desired()).isEqualTo(print("B"));
    }

    @Test
    default void aStateOfAClockThatIsALittleAheadKeepsItsPlace() {
        put(live(ONE, "ahead", at(3900).toEpochMilli()));
        put(live(ONE, "B", T0.toEpochMilli()));

        assertThat(row().desired()).isEqualTo(print("ahead"));
    }

    @Test
    default void anOlderStateDoesNotUnpark() {
        park("A");
        put(live(ONE, "A", T0.toEpochMilli() - 1));

        assertThat(row().status()).isEqualTo(PARKED);
    }
}
