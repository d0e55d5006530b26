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
import org.junit.jupiter.api.BeforeEach;

/** An outbox, and the steps that its contracts are told in. Time is told, never waited for. */
@SuppressWarnings("NullAway.Init")
abstract class OutboxScene {

    static final Duration LEASE = Duration.ofSeconds(60);
    static final String NODE = "node-a";
    static final Failure REFUSED = new Failure(FailureClass.VALIDATION, 422, "phone_number");
    static final Failure DOWN = new Failure(FailureClass.OUTAGE, 503, "");
    static final Failure WAITS = new Failure(FailureClass.CONFLICT, 0, "not sent yet");
    static final Failure BUSY = new Failure(FailureClass.QUOTA, 429, "");

    Outbox outbox;

    /** An empty outbox with room for all that these tests put into it. */
    protected abstract Outbox emptyOutbox();

    @BeforeEach
    void begin() {
        outbox = emptyOutbox();
    }

    /** To be given to every outbox that is tested. */
    protected static FieldDigest fields() {
        return claim -> "fields of " + claim.payload().length();
    }

    final void put(Desired... states) {
        assertThat(outbox.upsert(Arrays.asList(states), T0)).isEmpty();
    }

    final LedgerRow row() {
        return outbox.find(ONE).orElseThrow();
    }

    final LedgerMark mark(CustomerKey key) {
        return Objects.requireNonNull(outbox.marks(List.of(key)).get(key));
    }

    static Claim of(CustomerKey key, List<Claim> claims) {
        return claims.stream()
                .filter(claim -> claim.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    final LaneLease lease(StoreKey store, String node, Instant now) {
        return outbox.lease(store, node, LEASE, now).orElseThrow();
    }

    final List<Claim> claim(Instant now) {
        return outbox.claim(lease(EU, NODE, now), 100, now);
    }

    final Claim claimOne(Instant now) {
        List<Claim> claims = claim(now);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    final boolean complete(Completion completion, Instant now) {
        return outbox.complete(List.of(completion), now).isEmpty();
    }

    final void sync(String content) {
        put(live(ONE, content));
        complete(new Acknowledged(claimOne(T0), null), at(1));
    }

    final void park(String content) {
        put(live(ONE, content));
        complete(new Parked(claimOne(T0), REFUSED), at(1));
    }

    final void parkAll(Instant now, CustomerKey... keys) {
        for (CustomerKey key : keys) {
            put(live(key, "A"));
            Claim claim = outbox.claim(lease(key.store(), NODE, now), 1, now).get(0);
            complete(new Parked(claim, REFUSED), now);
        }
    }
}
