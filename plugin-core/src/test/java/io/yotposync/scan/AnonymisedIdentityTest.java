package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.StoreSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether anonymised customers are told of, and by what, if something of them is left. */
class AnonymisedIdentityTest extends AnonymisedScene {

    private static final Phone PHONE = new Phone("+4915112345678", null);

    @Test
    void whoIsKnownByAnotherIdThatTheShopStillHasIsDisabledByThat() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(CustomerSnapshot.of("1")
                .property("number", "N1")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED.replace("\"1\"", "\"N1\""));
        sweep();
        assertThat(sent()).isEmpty();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isZero();
    }

    @Test
    void whoIsKnownByAnIdThatWentTooIsOutOfReach() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(nobody());

        sweep();

        assertThat(sent()).isEmpty();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isOne();
    }

    /** What Yotpo has by the id of now may be somebody else. */
    @Test
    void whoHasAnotherIdNowThanYotpoWasToldIsNotDisabledByThat() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(CustomerSnapshot.of("1")
                .property("number", "N2")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).noneMatch(body -> body.contains("disabled"));
    }

    /** Somebody is there who can be told by it. */
    @Test
    void whoHasAnEmailOfNoUseStaysEnabled() {
        known(CustomerSnapshot.of("1").email("c1@example.com"));

        staysEnabledAs(CustomerSnapshot.of("1").email("c1 at example,com"));
    }

    @Test
    void whoNeverHadANameAndStillHasAPhoneNumberStaysEnabled() {
        shopOfPhones();
        known(CustomerSnapshot.of("1").email("c1@example.com").phone(PHONE));

        staysEnabledAs(CustomerSnapshot.of("1").phone(PHONE));
    }

    @Test
    void whoLostANameIsDisabledThoughAPhoneNumberIsLeft() {
        shopOfPhones();
        known(somebody().phone(PHONE));
        shop.source.put(CustomerSnapshot.of("1")
                .phone(PHONE)
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    @Test
    void aValueThatReadsLikeAFieldIsNone() {
        in(new ScanShop(
                List.of(Samples.store("default").withMapping(Samples.attributes(Map.of("channel", "tags"), false)))));
        known(somebody().attribute("channel", "email"));
        shop.source.put(CustomerSnapshot.of("1")
                .attribute("channel", "email")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    private void staysEnabledAs(CustomerSnapshot.Builder customer) {
        save(customer.updatedAt(shop.clock.instant()).build());
        assertThat(sent()).singleElement().asString().contains("enabled");

        sweep();

        assertThat(sent()).isEmpty();
    }

    private void shopOfPhones() {
        StoreSettings withPhones = Samples.store("default")
                .withIdentifier(Samples.identifiers("id", IdentifierSettings.Preference.EMAIL, true));
        in(new ScanShop(List.of(withPhones)));
    }

    private void shopOfNumbers() {
        StoreSettings byNumber = Samples.store("default")
                .withIdentifier(Samples.identifiers("number", IdentifierSettings.Preference.EMAIL, false));
        in(new ScanShop(List.of(byNumber)));
    }
}
