package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.guest;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest extends OutboxContract {

    private static final CustomerKey A = key(EU, "a");
    private static final CustomerKey B = key(EU, "b");
    private static final CustomerKey C = key(EU, "c");
    private static final CustomerKey D = key(EU, "d");

    private final Outbox small = Outbox.inMemory(2);

    @Override
    protected Outbox emptyOutbox() {
        return Outbox.inMemory(1000, fields());
    }

    @Test
    void saysThatItIsNotDurable() {
        assertThat(small.durable()).isFalse();
    }

    @Test
    void newCustomersAreRefusedWhenOnlyWorkIsLeft() {
        small.upsert(List.of(live(A, "1"), live(B, "1")), T0);
        Claim claim = claimOfSmall(at(1));
        small.complete(List.of(new Parked(claim, new Failure(FailureClass.OURS, 0, ""))), at(1));

        Set<CustomerKey> refused = small.upsert(List.of(live(C, "1"), live(B, "2")), at(2));

        assertThat(refused).containsExactly(C);
        assertThat(small.find(C)).isEmpty();
        assertThat(small.find(B).orElseThrow().desired()).isEqualTo(States.print("2"));
    }

    @Test
    void theOldestInSyncMakesRoom() {
        small.upsert(List.of(live(A, "1")), T0);
        small.complete(List.of(new Acknowledged(claimOfSmall(at(1)), null)), at(1));
        small.upsert(List.of(live(B, "1")), T0);
        small.complete(List.of(new Acknowledged(claimOfSmall(at(2)), null)), at(2));

        assertThat(small.upsert(List.of(live(C, "1")), at(3))).isEmpty();

        assertThat(small.find(A)).isEmpty();
        assertThat(small.find(B)).isPresent();
        assertThat(small.find(C)).isPresent();
    }

    @Test
    void itHoldsNoMoreThanItMayHoweverManyMadeRoom() {
        for (CustomerKey key : List.of(A, B)) {
            small.upsert(List.of(live(key, "1")), T0);
            small.complete(List.of(new Acknowledged(claimOfSmall(at(1)), null)), at(1));
        }

        assertThat(small.upsert(List.of(live(C, "1"), live(D, "1"), live(A, "1")), at(2)))
                .containsExactly(A);
        assertThat(small.list(LedgerQuery.all())).extracting(LedgerRow::key).containsExactly(C, D);
        small.forget(List.of(C), at(2));
        assertThat(small.upsert(List.of(live(A, "1"), live(B, "1")), at(3))).containsExactly(B);
    }

    @Test
    void whoMadeRoomStandsInNobodysWay() {
        small.upsert(List.of(registered(A, "1", "a@example.com")), T0);
        small.complete(List.of(new Acknowledged(claimOfSmall(at(1)), null)), at(1));
        small.upsert(List.of(guest(B, "1", "a@example.com"), live(C, "1")), at(2));

        assertThat(claimOfSmall(at(3)).rival()).isEqualTo(Rival.NONE);
    }

    @Test
    void aCustomerThatIsPendingAgainIsNotEvicted() {
        small.upsert(List.of(live(A, "1")), T0);
        small.complete(List.of(new Acknowledged(claimOfSmall(at(1)), null)), at(1));
        small.upsert(List.of(live(A, "2"), live(B, "1")), at(2));

        assertThat(small.upsert(List.of(live(C, "1")), at(3))).containsExactly(C);
    }

    @Test
    void roomForNobodyIsNoSetting() {
        assertThatIllegalArgumentException().isThrownBy(() -> Outbox.inMemory(0));
    }

    @Test
    void whatItShowsHasNoPayload() {
        assertThat(new MemoryRow(live(A, "secret"), T0).toString()).doesNotContain("secret");
        assertThat(live(A, "secret").toString()).doesNotContain("secret");
    }

    private Claim claimOfSmall(Instant now) {
        LaneLease lease = small.lease(EU, "node", Duration.ofSeconds(60), now).orElseThrow();
        return small.claim(lease, 1, now).get(0);
    }
}
