package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** An outbox, and the steps that its contracts are told in. Time is told, never waited for. */
interface OutboxScene {

    Duration LEASE = Duration.ofSeconds(60);
    String NODE = "node-a";
    Failure REFUSED = new Failure(FailureClass.VALIDATION, 422, "phone_number");
    Failure DOWN = new Failure(FailureClass.OUTAGE, 503, "");
    Failure WAITS = new Failure(FailureClass.CONFLICT, 0, "not sent yet");
    Failure BUSY = new Failure(FailureClass.QUOTA, 429, "");

    /** The one that is tested. */
    Outbox outbox();

    /** Puts an empty one in its place. */
    void begin();

    default void put(Desired... states) {
        assertThat(outbox().upsert(Arrays.asList(states), T0)).isEmpty();
    }

    default LedgerRow row() {
        return outbox().find(ONE).orElseThrow();
    }

    default LedgerMark mark(CustomerKey key) {
        return Objects.requireNonNull(outbox().marks(List.of(key)).get(key));
    }

    default Claim of(CustomerKey key, List<Claim> claims) {
        return claims.stream()
                .filter(claim -> claim.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    default LaneLease lease(StoreKey store, String node, Instant now) {
        return outbox().lease(store, node, LEASE, now).orElseThrow();
    }

    default List<Claim> claim(Instant now) {
        return outbox().claim(lease(EU, NODE, now), 100, now);
    }

    default Claim claimOne(Instant now) {
        List<Claim> claims = claim(now);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    default boolean complete(Completion completion, Instant now) {
        return outbox().complete(List.of(completion), now).isEmpty();
    }

    default void sync(String content) {
        put(live(ONE, content));
        complete(new Acknowledged(claimOne(T0), null), at(1));
    }

    default void park(String content) {
        put(live(ONE, content));
        complete(new Parked(claimOne(T0), REFUSED), at(1));
    }

    default void parkAll(Instant now, CustomerKey... keys) {
        for (CustomerKey key : keys) {
            put(live(key, "A"));
            Claim claim = outbox().claim(lease(key.store(), NODE, now), 1, now).get(0);
            complete(new Parked(claim, REFUSED), now);
        }
    }
}
