package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.Foresight.Being;
import io.yotposync.scan.Foresight.Seen;
import io.yotposync.scan.ScanSettings.Leaving;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of a customer is what the next sweep does. */
class ForesightTest {

    private static final CustomerSnapshot NOBODY = CustomerSnapshot.of("1").build();

    private final ScanShop shop = new ScanShop();
    private final Scanner node = shop.node("a");

    private Seen seen() {
        return new Foresight(shop.ports(), shop.settings, shop.mapping()).of(new CustomerKey(ScanShop.STORE, "1"));
    }

    private void backfilled() {
        shop.have(1);
        shop.backfilled(node);
    }

    @Test
    void whoIsThereIsSentAsTheShopHasIt() {
        backfilled();

        assertThat(seen().being()).isEqualTo(Being.THERE);
        assertThat(isWhatTheRowHas(seen())).isTrue();
    }

    @Test
    void anEmailThatIsNotSentIsToldOf() {
        assertThat(seenWith("c1@example.com").emailLeftOut()).isFalse();
        assertThat(seenWith(" ").emailLeftOut()).isFalse();
        assertThat(seenWith("c1(at)example.com").emailLeftOut()).isTrue();
    }

    private Seen seenWith(String email) {
        shop.source.put(CustomerSnapshot.of("1").email(email).build());
        return seen();
    }

    @Test
    void whomTheShopNeverHadIsGone() {
        assertThat(seen()).isEqualTo(new Seen(Being.GONE, null));
    }

    @Test
    void whoIsGoneIsDisabledByTheNextSweepAndThenAsForetold() {
        backfilled();
        shop.source.remove(1);

        assertThat(seen().being()).isEqualTo(Being.GONE);
        assertThat(isWhatTheRowHas(seen())).isFalse();

        shop.clock.forward(ScanShop.A_DAY);
        shop.sweep(node);
        assertThat(isWhatTheRowHas(seen())).isTrue();
    }

    @Test
    void soIsWhoWasMadeAnonymous() {
        backfilled();
        shop.source.put(NOBODY);

        assertThat(seen().being()).isEqualTo(Being.LEFT);
        assertThat(isWhatTheRowHas(seen())).isFalse();

        shop.clock.forward(ScanShop.A_DAY);
        shop.sweep(node);
        assertThat(seen().being()).isEqualTo(Being.LEFT);
        assertThat(isWhatTheRowHas(seen())).isTrue();
    }

    @Test
    void whereYotpoIsNotToldThatCustomersLeaveOneIsAsTheShopHasIt() {
        backfilled();
        shop.settings = shop.settings.withLeavers(
                new ScanSettings.Leavers(Leaving.IGNORE, Duration.ofMinutes(10), Duration.ofDays(30)));
        shop.source.put(NOBODY);
        assertThat(seen().being()).isEqualTo(Being.THERE);

        shop.source.remove(1);
        assertThat(seen()).isEqualTo(new Seen(Being.GONE, null));
    }

    @Test
    void anotherStoresCustomerIsSkippedForThat() {
        shop.source.put(CustomerSnapshot.of("1")
                .email("a@example.com")
                .site("elsewhere")
                .build());

        assertThat(seen()).isEqualTo(Seen.there(new Prepared.Skipped(SkipReason.NO_STORE)));
    }

    private boolean isWhatTheRowHas(Seen seen) {
        return seen.next() instanceof Prepared.Ready ready
                && shop.row(1).orElseThrow().desired().equals(ready.desired().fingerprint());
    }
}
