package io.yotposync.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads.Reread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RereadsTest {

    private static final int ROOM = 1000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Rereads rereads = new Rereads();

    private static CustomerSnapshot customer(String id) {
        return CustomerSnapshot.of(id).site("eu-shop").partial(true).build();
    }

    @Test
    void aSiteThatIsKnownIsNotForgottenForOneThatIsNot() {
        rereads.remember(CustomerSnapshot.of("1").site("eu").partial(true).build());
        rereads.remember(CustomerSnapshot.of("1").partial(true).build());

        assertThat(rereads.drain(NOW)).containsExactly(new Reread("1", Set.of("eu")));
    }

    @Test
    void aCustomerOfTwoSitesIsReadForBoth() {
        rereads.remember(CustomerSnapshot.of("1").site("eu").build());
        rereads.remember(CustomerSnapshot.of("1").site("us").build());

        assertThat(rereads.drain(NOW)).containsExactly(new Reread("1", Set.of("eu")), new Reread("1", Set.of("us")));
    }

    @Test
    void whereNobodyReadsThemTheyAreLeftToAnother() {
        List<String> left = new ArrayList<>();

        rereads.rememberOr(customer("1"), customer -> left.add(customer.id()));
        rereads.onFirst(() -> {});
        rereads.rememberOr(customer("2"), customer -> left.add(customer.id()));

        assertThat(left).containsExactly("1");
        assertThat(rereads.drain(NOW)).containsExactly(new Reread("2", Set.of("eu-shop")));
    }

    @Test
    void eachCustomerWaitsOnceWithTheSiteThatTheEventKnew() {
        rereads.remember(customer("1"));
        rereads.remember(customer("2"));
        rereads.remember(customer("1"));

        assertThat(rereads.drain(NOW))
                .containsExactly(new Reread("1", Set.of("eu-shop")), new Reread("2", Set.of("eu-shop")));
        assertThat(rereads.drain(NOW)).isEmpty();
    }

    @Test
    void whoseCommitMayStillBeUnderWayIsReadAgainAndAgainForAMinute() {
        rereads.onFirst(() -> {});
        rereads.rememberUnsure(customer("1"), nobodyReads -> {});
        Reread one = new Reread("1", Set.of("eu-shop"));

        assertThat(rereads.drain(NOW)).containsExactly(one);
        assertThat(rereads.drain(NOW.plusSeconds(4))).isEmpty();
        assertThat(rereads.drain(NOW.plusSeconds(5))).containsExactly(one);
        assertThat(rereads.drain(NOW.plusSeconds(59))).isEmpty();
        assertThat(rereads.drain(NOW.plusSeconds(60))).containsExactly(one);
        assertThat(rereads.drain(NOW.plusSeconds(600))).isEmpty();
    }

    @Test
    void moreOfThemThanThereIsRoomForAreLeftToAScan() {
        rereads.onFirst(() -> {});
        for (int id = 1; id <= ROOM; id++) {
            rereads.rememberUnsure(customer(String.valueOf(id)), nobodyReads -> {});
        }
        assertThat(rereads.takeOverflow()).isFalse();
        rereads.drain(NOW);

        rereads.rememberUnsure(customer("another"), nobodyReads -> {});

        assertThat(rereads.takeOverflow()).isTrue();
    }

    @Test
    void onlyTheFirstOneSignals() {
        AtomicInteger signals = new AtomicInteger();
        rereads.onFirst(signals::incrementAndGet);

        rereads.remember(customer("1"));
        rereads.remember(customer("2"));
        assertThat(signals).hasValue(1);

        rereads.drain(NOW);
        rereads.remember(customer("3"));
        assertThat(signals).hasValue(2);
    }

    @Test
    void whatFindsNoRoomIsToldOnce() {
        for (int id = 1; id <= ROOM; id++) {
            rereads.remember(customer(String.valueOf(id)));
        }
        rereads.remember(customer("1"));
        assertThat(rereads.takeOverflow()).as("the same once more").isFalse();

        rereads.remember(customer("another"));

        assertThat(rereads.takeOverflow()).isTrue();
        assertThat(rereads.takeOverflow()).isFalse();
        assertThat(rereads.drain(NOW)).hasSize(ROOM);
    }

    @Test
    void whatIsLostAfterAllIsToldLikeWhatFoundNoRoom() {
        rereads.lost();

        assertThat(rereads.takeOverflow()).isTrue();
    }
}
