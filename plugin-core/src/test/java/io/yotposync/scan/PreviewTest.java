package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.scan.Preview.Decision;
import io.yotposync.scan.Preview.Previewed;
import io.yotposync.scan.ScanSettings.Leaving;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSwitch;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator is told that a save would come to. */
class PreviewTest {

    private final ScanShop shop = new ScanShop();
    private final StoreSwitch stores = new StoreSwitch(shop.stores, shop.storeStates);
    private final Preview preview = new Preview(shop.ports(), shop.settings, stores, shop.mapping());

    @Test
    void whomYotpoDoesNotKnowWouldBeSentWholeAndIsComparedWithNothing() {
        shop.source.put(shop.customer(1));

        Previewed shown = previewed(false);

        assertThat(shown.decision()).isEqualTo(Decision.WOULD_SEND);
        assertThat(shown.payload()).contains("Name1", "c1@example.com");
        assertThat(shown.identifier()).isEqualTo("external_id");
        assertThat(shown.masked()).isFalse();
        assertThat(shown.differing()).isNull();
        assertThat(shown.comparedWith()).isNull();
        assertThat(shop.sendLater()).as("only shown").isEmpty();
    }

    @Test
    void whomYotpoHasIsUnchangedAndShownAllTheSame() {
        known(shop.customer(1));

        Previewed shown = previewed(false);

        assertThat(shown.decision()).isEqualTo(Decision.UNCHANGED);
        assertThat(shown.payload()).contains("Name1");
        assertThat(shown.differing()).isEmpty();
        assertThat(shown.comparedWith())
                .isEqualTo(shop.row(1).orElseThrow().acknowledgedAt())
                .isNotNull();
    }

    @Test
    void whatDiffersFromWhatYotpoTookIsNamed() {
        known(shop.customer(1));
        shop.source.put(shop.named(1, "Another"));

        Previewed shown = previewed(false);

        assertThat(shown.decision()).isEqualTo(Decision.WOULD_SEND);
        assertThat(shown.differing()).containsExactly("first_name");
    }

    @Test
    void maskedItSaysNothingOfThePersonAndWithoutAWishNeitherDoesItsText() {
        shop.source.put(shop.customer(1));

        Previewed shown = previewed(true);

        assertThat(shown.masked()).isTrue();
        assertThat(Objects.requireNonNull(shown.payload()))
                .contains("first_name")
                .doesNotContain("Name1", "c1@example.com");
        assertThat(previewed(false)).hasToString("Previewed[default/1, WOULD_SEND]");
    }

    @Test
    void whoIsNotSentIsSkippedForItsReason() {
        shop.source.put(CustomerSnapshot.of("1").registered(false).build());

        assertDecided(Decision.SKIPPED, SkipReason.ANONYMOUS);
    }

    @Test
    void whomAnotherStoreTakesIsNotThisOnes() {
        shop.source.put(
                CustomerSnapshot.of("1").email("a@example.com").site("another").build());

        assertDecided(Decision.OTHER_STORE, null);
    }

    @Test
    void whoseNewerStateIsInTheLedgerIsOvertaken() {
        known(shop.customer(1));
        CustomerSnapshot newer = CustomerSnapshot.of("1")
                .email("c1@example.com")
                .name("Newer", "B")
                .updatedAt(shop.clock.instant())
                .build();
        shop.sync.accept(newer);

        assertThat(previewed(false).decision()).isEqualTo(Decision.OVERTAKEN);
    }

    @Test
    void aStoreThatIsOffTakesNobodyThoughItSaysWhatItWouldTake() {
        shop.source.put(shop.customer(1));
        stores.disable(ScanShop.STORE);

        Previewed shown = previewed(false);

        assertThat(shown.decision()).isEqualTo(Decision.STORE_DISABLED);
        assertThat(shown.payload()).contains("Name1");
    }

    @Test
    void ofWhomNothingPersonalIsLeftNothingWouldBeSent() {
        known(shop.customer(1));
        shop.clock.forward(Duration.ofDays(1));
        shop.source.put(CustomerSnapshot.of("1").updatedAt(shop.clock.instant()).build());

        assertDecided(Decision.LEFT, null);
    }

    @Test
    void whereYotpoIsNotToldWhoLeftTheRestWouldBeSent() {
        known(shop.customer(1));
        shop.clock.forward(Duration.ofDays(1));
        shop.source.put(CustomerSnapshot.of("1").updatedAt(shop.clock.instant()).build());
        ScanSettings.Leavers untold = new ScanSettings.Leavers(Leaving.IGNORE, Duration.ZERO, Duration.ofDays(30));

        Previewed shown = new Preview(shop.ports(), shop.settings.withLeavers(untold), stores, shop.mapping())
                .of(new CustomerKey(ScanShop.STORE, "1"), false);

        assertThat(shown.decision()).isEqualTo(Decision.WOULD_SEND);
        assertThat(shown.payload()).contains("external_id").doesNotContain("Name1");
        assertThat(shown.differing()).contains("email", "first_name", "last_name");
    }

    @Test
    void whoIsNotInTheShopIsNotFoundAndWhoCannotBeReadIsAnErrorOfItsOwn() {
        assertDecided(Decision.NOT_FOUND, null);

        shop.source.put(shop.customer(1));
        shop.source.unreadable.add("1");
        assertThatThrownBy(() -> previewed(false)).isInstanceOf(UnreadableCustomerException.class);
    }

    private void assertDecided(Decision decision, @Nullable SkipReason reason) {
        Previewed shown = previewed(true);
        assertThat(shown.decision()).isEqualTo(decision);
        assertThat(shown.reason()).isEqualTo(reason);
        assertThat(shown.masked()).isTrue();
        assertThat(shown.payload()).isNull();
        assertThat(shown.customer()).isEqualTo("1");
    }

    private Previewed previewed(boolean masked) {
        return preview.of(new CustomerKey(ScanShop.STORE, "1"), masked);
    }

    private void known(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
        shop.sendLater();
    }
}
