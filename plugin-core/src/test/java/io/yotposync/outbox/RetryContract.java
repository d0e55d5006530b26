package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import org.junit.jupiter.api.Test;

/** How every outbox has a row tried again. */
interface RetryContract extends OutboxScene {

    @Test
    default void aRetryWaitsUntilItsMomentAndCounts() {
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
    default void aRetryThatYotpoAskedForDoesNotCount() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(30), false, BUSY), at(2));

        assertThat(row().attempts()).isZero();
        assertThat(row().failure()).isEqualTo(BUSY);
        assertThat(claim(at(29))).isEmpty();
    }

    @Test
    default void aPendingRowKeepsItsDelayWhenNewContentArrives() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(30), true, DOWN), at(2));

        put(live(ONE, "B"));

        assertThat(row().attempts()).isEqualTo(1);
        assertThat(claim(at(29))).isEmpty();
        assertThat(claimOne(at(30)).payload()).isEqualTo(payload("B"));
    }

    /** Or every save would take its customer past the wait while Yotpo is down. */
    @Test
    default void contentThatArrivesDuringASendThatFailsWaitsForTheNextTryToo() {
        put(live(ONE, "A"));
        Claim failing = claimOne(at(1));
        put(live(ONE, "B"));
        complete(new RetryAt(failing, at(30), true, DOWN), at(2));

        assertThat(claim(at(29))).isEmpty();
        assertThat(claimOne(at(30)).payload()).isEqualTo(payload("B"));
    }

    @Test
    default void aReleasedClaimIsDueAtOnceWithNothingChanged() {
        put(live(ONE, "A"));
        complete(new Released(claimOne(at(1))), at(2));

        assertThat(row().attempts()).isZero();
        assertThat(row().failure()).isNull();
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void aRowWhoseLeaseEndedGoesToAnotherAndCountsAsTried() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(T0), at(1), false, DOWN), T0);
        Claim lost = claimOne(at(1));

        Claim taken = outbox().claim(lease(EU, "node-b", at(61)), 10, at(61)).get(0);

        assertThat(taken.token()).isNotEqualTo(lost.token());
        assertThat(taken.attempts()).isEqualTo(1);
        assertThat(row().failure()).isEqualTo(Failure.ABANDONED);
        assertThat(complete(new Acknowledged(lost, null), at(62))).isFalse();
        assertThat(complete(new Acknowledged(taken, null), at(62))).isTrue();
    }
}
