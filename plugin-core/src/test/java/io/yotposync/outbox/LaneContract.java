package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How every outbox gives the right to drain a store: to one node, under a lease with a fence. */
interface LaneContract extends OutboxScene {

    @Test
    default void aLaneHeldByAnotherNodeIsNotGiven() {
        lease(EU, "node-a", at(0));

        assertThat(outbox().lease(EU, "node-b", LEASE, at(59))).isEmpty();
        assertThat(outbox().lease(US, "node-b", LEASE, at(59))).isPresent();
    }

    @Test
    default void aLaneThatWasTakenByAClockFarAheadIsGiven() {
        long before = lease(EU, NODE, at(3_600)).fence();

        LaneLease after = lease(EU, "node-b", at(1));

        assertThat(after.until()).isEqualTo(at(1).plus(LEASE));
        assertThat(after.fence()).isGreaterThan(before);
        assertThat(outbox().lease(EU, NODE, LEASE, at(2))).isEmpty();
    }

    @Test
    default void aLaneIsGivenOnWhenItsLeaseEndsAndTheFenceRises() {
        LaneLease first = lease(EU, "node-a", at(0));

        LaneLease second = lease(EU, "node-b", at(60));

        assertThat(second.node()).isEqualTo("node-b");
        assertThat(second.store()).isEqualTo(EU);
        assertThat(second.until()).isEqualTo(at(120));
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    default void aRenewedLaneKeepsItsFence() {
        LaneLease first = lease(EU, NODE, at(0));

        LaneLease renewed = lease(EU, NODE, at(30));

        assertThat(renewed.fence()).isEqualTo(first.fence());
        assertThat(renewed.until()).isEqualTo(at(90));
    }

    @Test
    default void aReleasedLaneIsGivenAtOnceAndTheFenceRises() {
        LaneLease first = lease(EU, "node-a", at(0));
        outbox().release(first);

        assertThat(lease(EU, "node-b", at(1)).fence()).isGreaterThan(first.fence());
    }

    @Test
    default void releasingALostLaneTakesNothingFromTheNewHolder() {
        LaneLease lost = lease(EU, "node-a", at(0));
        lease(EU, "node-b", at(60));
        outbox().release(lost);

        assertThat(outbox().lease(EU, "node-a", LEASE, at(61))).isEmpty();
    }

    @Test
    default void aLostLaneClaimsNothing() {
        put(live(ONE, "A"));
        LaneLease lost = lease(EU, "node-a", at(0));
        LaneLease held = lease(EU, "node-b", at(60));

        assertThat(outbox().claim(lost, 10, at(61))).isEmpty();
        assertThat(outbox().claim(held, 10, at(61))).hasSize(1);
    }

    @Test
    default void anEndedOrReleasedLaneClaimsNothing() {
        put(live(ONE, "A"));
        LaneLease lease = lease(EU, NODE, at(0));

        assertThat(outbox().claim(lease, 10, at(60))).isEmpty();
        outbox().release(lease);
        assertThat(outbox().claim(lease, 10, at(1))).isEmpty();
    }
}
