package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.Samples;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.store.StoreSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResendingTest {

    private static final String EMAIL_CONSENT = "accepts_email_marketing";

    private final ScanShop shop = new ScanShop();
    private final Resending resending = new Resending(shop.ports(), shop.settings, shop.mapping());

    @Test
    void whatIsInSyncIsSentOnceMore() {
        save(shop.customer(1));

        assertThat(resending.again(Samples.store("default"), List.of("1"))).containsExactly("1");

        assertThat(shop.sendLater()).hasSize(1);
    }

    @Test
    void saysWhyACustomerCannotBeRead() {
        shop.source.put(shop.customer(1));
        shop.source.put(CustomerSnapshot.of("2").partial(true).build());
        shop.source.put(shop.customer(3));
        shop.source.unreadable.add("3");
        shop.source.endless.add("4");

        assertThat(resending.unreadable("1")).isNull();
        assertThat(resending.unreadable("2")).isEqualTo("not in full");
        assertThat(resending.unreadable("3")).isEqualTo("java.lang.IllegalStateException");
        assertThat(resending.unreadable("4")).isEqualTo("java.lang.StackOverflowError");
        assertThat(resending.unreadable("5")).isNull();
    }

    /** Whoever asks for one may get a fault's words, and a host's may quote the customer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheHostSaysOfThoseWhomItCannotReadIsNotPassedOn(boolean error) {
        (error ? shop.source.endless : shop.source.unreadable).add("1");
        StoreSettings store = Samples.store("default");
        Identifiers identifiers = new Identifiers(shop.source, shop.mapping().preparation());

        assertThatThrownBy(() -> resending.again(store, List.of("1")))
                .isInstanceOf(UnreadableCustomerException.class)
                .hasNoCause();
        assertThatThrownBy(() -> identifiers.of(store, List.of("1")))
                .isInstanceOf(UnreadableCustomerException.class)
                .hasNoCause();
    }

    /** As of a host that tells no times, in the second of its save. */
    @Test
    void anOperatorsWordOverrulesTheRowsTime() {
        CustomerSnapshot timeless =
                CustomerSnapshot.of("1").email("c1@example.com").build();
        save(timeless.saidAt(shop.clock.instant().plusSeconds(60)));
        shop.source.put(timeless);

        assertThat(resending.again(Samples.store("default"), List.of("1"))).containsExactly("1");

        assertThat(shop.sendLater()).hasSize(1);
    }

    @Test
    void aChoiceMadeAtYotpoIsNotOverruledByWhatTheShopHas() {
        save(choosing("Ada", Consent.GRANTED));

        assertThat(resending.corrected(shop.stores.get(ScanShop.STORE), Map.of("1", Set.of(EMAIL_CONSENT))))
                .isEmpty();

        assertThat(shop.sendLater()).isEmpty();
    }

    @Test
    void whatElseDiffersIsSentWithoutTheChoice() {
        save(choosing("Ada", Consent.GRANTED));

        assertThat(resending.corrected(
                        shop.stores.get(ScanShop.STORE), Map.of("1", Set.of(EMAIL_CONSENT, "first_name"))))
                .containsExactly("1");

        assertThat(theOneSent()).contains("Ada").doesNotContain("marketing");
    }

    @Test
    void aChoiceThatIsTheSameThereIsSentWithTheRest() {
        save(choosing("Ada", Consent.GRANTED));
        resending.corrected(shop.stores.get(ScanShop.STORE), Map.of("1", Set.of("first_name")));

        assertThat(theOneSent()).contains(EMAIL_CONSENT);
    }

    @Test
    void whoeverLetsBackfillsTellConsentsHasThemToldHereToo() {
        save(choosing("Ada", Consent.GRANTED));
        Resending telling = new Resending(shop.ports(), shop.settings.withConsent(true), shop.mapping());

        assertThat(telling.corrected(shop.stores.get(ScanShop.STORE), Map.of("1", Set.of(EMAIL_CONSENT))))
                .containsExactly("1");

        assertThat(theOneSent()).contains(EMAIL_CONSENT);
    }

    @Test
    void theShoppersNextChoiceInTheShopIsToldThoughNoEventSpeaksOfIt() {
        Scanner node = shop.node("a");
        save(choosing("Ada", Consent.GRANTED));
        resending.corrected(shop.stores.get(ScanShop.STORE), Map.of("1", Set.of(EMAIL_CONSENT, "first_name")));
        shop.sendLater();
        shop.clock.forward(ScanShop.A_DAY);
        shop.sweep(node);
        assertThat(shop.sendLater()).isEmpty();

        shop.source.put(choosing("Ada", Consent.DENIED));
        shop.clock.forward(ScanShop.A_DAY);
        shop.sweep(node);

        assertThat(theOneSent()).contains('"' + EMAIL_CONSENT + "\":false");
    }

    @Test
    void whoWasSavedSinceYotpoWasAskedIsLeftAlone() {
        save(choosing("Ada", Consent.GRANTED));
        shop.clock.forward(ScanShop.A_DAY);
        CustomerSnapshot denying = choosing("Ada", Consent.DENIED);
        shop.source.put(denying);
        shop.sync.accept(denying);

        assertThat(resending.corrected(
                        shop.stores.get(ScanShop.STORE), Map.of("1", Set.of(EMAIL_CONSENT, "first_name"))))
                .isEmpty();

        assertThat(theOneSent()).contains('"' + EMAIL_CONSENT + "\":false");
    }

    @Test
    void whomYotpoLacksIsSentWithAllThereIs() {
        save(choosing("Ada", Consent.GRANTED));
        resending.corrected(shop.stores.get(ScanShop.STORE), Map.of("1", Set.of()));

        assertThat(theOneSent()).contains(EMAIL_CONSENT);
    }

    private String theOneSent() {
        List<Claim> sent = shop.sendLater();
        assertThat(sent).hasSize(1);
        return sent.get(0).payload();
    }

    private CustomerSnapshot choosing(String name, Consent consent) {
        return CustomerSnapshot.of("1")
                .email("c1@example.com")
                .name(name, "B")
                .emailMarketing(consent)
                .updatedAt(shop.clock.instant().minusSeconds(60))
                .build();
    }

    private void save(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
        assertThat(shop.sendLater()).hasSize(1);
    }
}
