package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.TWO;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.notBefore;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.RetryAt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every outbox gives to be sent: what is due, live work first, no row to two. */
interface ClaimContract extends OutboxScene {

    @Test
    default void liveWorkGoesBeforeScansThenTheEarliestDue() {
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
    default void aLiveSaveMovesAScannedRowForward() {
        put(scan(key(EU, "other"), "A"));
        put(scan(ONE, "A"));
        put(live(ONE, "A"));

        List<Claim> claims = outbox().claim(lease(EU, NODE, at(1)), 1, at(1));

        assertThat(claims).extracting(Claim::key).containsExactly(ONE);
        assertThat(claims.get(0).origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    default void aScanDoesNotMoveALiveRowBack() {
        put(live(ONE, "A"));
        put(scan(ONE, "B"));

        assertThat(claimOne(at(1)).origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    default void noMoreThanAskedForAreClaimedAndNoneTwice() {
        IntStream.range(0, 25).forEach(i -> put(live(key(EU, "c" + i), "A")));
        LaneLease lease = lease(EU, NODE, at(1));

        List<Claim> first = outbox().claim(lease, 10, at(1));
        List<Claim> second = outbox().claim(lease, 10, at(1));
        List<Claim> third = outbox().claim(lease, 10, at(1));

        assertThat(first).hasSize(10);
        assertThat(second).hasSize(10).doesNotContainAnyElementsOf(first);
        assertThat(third).hasSize(5);
        assertThat(outbox().claim(lease, 0, at(1))).isEmpty();
        assertThat(first.get(0).token()).isNotEqualTo(second.get(0).token());
    }

    @Test
    default void scansFillOnlyThePlacesThatLiveWorkLeaves() {
        put(live(ONE, "A"), live(TWO, "A"));
        IntStream.range(0, 9).forEach(i -> put(scan(key(EU, "scan-" + i), "A")));

        assertThat(outbox().claim(lease(EU, NODE, at(1)), 5, at(1)))
                .extracting(Claim::origin)
                .containsExactly(Origin.LIVE, Origin.LIVE, Origin.SCAN, Origin.SCAN, Origin.SCAN);
    }

    @Test
    default void aProbeIsARowThatHasNotFailedIfThereIsOne() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(2), false, DOWN), at(1));
        put(notBefore(live(TWO, "B"), at(3)));

        assertThat(outbox().claimProbe(lease(EU, NODE, at(3)), at(3)))
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(TWO));
        assertThat(outbox().claimProbe(lease(EU, NODE, at(3)), at(3)))
                .as("the next one")
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(ONE));
        assertThat(outbox().claimProbe(lease(EU, NODE, at(3)), at(3))).isEmpty();
    }

    @Test
    default void aProbeMayBeOfAScanAndNeedsAHeldLane() {
        put(live(ONE, "A"));
        complete(new RetryAt(claimOne(at(1)), at(2), true, DOWN), at(1));
        put(scan(TWO, "B"));
        LaneLease lost = lease(EU, "node-a", at(62));
        outbox().release(lost);

        assertThat(outbox().claimProbe(lost, at(62))).isEmpty();
        assertThat(outbox().claimProbe(lease(EU, "node-b", at(62)), at(62)))
                .hasValueSatisfying(claim -> assertThat(claim.key()).isEqualTo(TWO));
    }

    @Test
    default void claimsEndWithTheLeaseTheyWereMadeUnder() {
        put(live(ONE, "A"));
        claimOne(at(1));

        assertThat(row().leasedUntil()).isEqualTo(at(61));
        lease(EU, NODE, at(50));
        assertThat(row().leasedUntil()).isEqualTo(at(61));
    }

    @Test
    default void oneStoresWorkIsNotClaimedForAnother() {
        put(live(ONE, "A"));

        assertThat(outbox().claim(lease(US, NODE, at(1)), 10, at(1))).isEmpty();
    }

    @Test
    default void storesWithDueWorkAreNamed() {
        put(live(ONE, "A"));
        put(notBefore(live(key(US, "1"), "A"), at(9)));

        assertThat(outbox().dueStores(at(1))).containsExactly(EU);
        assertThat(outbox().dueStores(at(9))).containsExactlyInAnyOrder(EU, US);
        claimOne(at(1));
        assertThat(outbox().dueStores(at(2))).isEmpty();
        assertThat(outbox().dueStores(at(61))).containsExactlyInAnyOrder(EU, US);
    }
}
