package io.yotposync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.IdentifierSettings.Preference;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoresTest {

    private static final StoreSettings DEFAULT = Samples.store("default");
    private static final StoreSettings EU = Samples.store("eu").withSite("eu-shop");
    private static final StoreSettings ALL = Samples.store("all").withSite(StoreSettings.EVERY_SITE);

    @Test
    void sendsACustomerToTheStoreOfItsSite() {
        assertThat(route(of("eu-shop"), DEFAULT, EU)).containsExactly("eu");
    }

    @Test
    void anyNameOfTheSiteWill() {
        assertThat(route(CustomerSnapshot.of("7").site("12").site("eu-shop").build(), DEFAULT, EU))
                .containsExactly("eu");
    }

    @Test
    void sendsACustomerWithoutSiteToTheDefaultStore() {
        assertThat(route(of(null), DEFAULT, EU)).containsExactly("default");
    }

    @Test
    void theDefaultStoreMayHaveASiteOfItsOwn() {
        StoreSettings named = DEFAULT.withSite("us-shop");

        assertThat(route(of(null), named, EU)).containsExactly("default");
        assertThat(route(of("us-shop"), named, EU)).containsExactly("default");
    }

    @Test
    void theOnlyStoreTakesCustomersWithoutSite() {
        assertThat(route(of(null), EU)).containsExactly("eu");
    }

    @Test
    void theOnlyStoreTakesNoCustomersOfAnotherSite() {
        assertThat(route(of("elsewhere"), EU)).isEmpty();
    }

    @Test
    void withoutADefaultStoreACustomerWithoutSiteGoesNowhere() {
        assertThat(route(of(null), EU, Samples.store("us"))).isEmpty();
    }

    @Test
    void aStoreOfEverySiteTakesEverybody() {
        assertThat(route(of(null), DEFAULT, EU, ALL)).containsExactly("default", "all");
        assertThat(route(of("eu-shop"), DEFAULT, EU, ALL)).containsExactly("eu", "all");
        assertThat(route(of("elsewhere"), DEFAULT, EU, ALL)).containsExactly("all");
    }

    @Test
    void keepsTheConfiguredOrder() {
        List<StoreSettings> many = List.of("z", "y", "x", "a", "m", "b").stream()
                .map(Samples::store)
                .toList();

        assertThat(new Stores(many).all()).containsExactlyElementsOf(many);
    }

    @Test
    void refusesOneAppKeyForTwoStores() {
        StoreSettings same = EU.withCredentials(DEFAULT.credentials());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Stores(List.of(DEFAULT, same)))
                .withMessageStartingWith("stores.eu.app-key ")
                .withMessageContaining("'default'")
                .withMessageNotContaining(DEFAULT.credentials().appKey());
    }

    @Test
    void oneAppKeyMustBeSharedByBoth() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Stores(List.of(DEFAULT, shared(EU))));
        assertThat(new Stores(List.of(shared(DEFAULT), shared(EU))).all()).hasSize(2);
    }

    @Test
    void refusesOneKeyForTwoStores() {
        StoreSettings other = DEFAULT.withCredentials(new Credentials("other", "other"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Stores(List.of(DEFAULT, other)))
                .withMessageStartingWith("stores.default ");
    }

    @Test
    void namesTheStoresThatThereAre() {
        Stores stores = new Stores(List.of(DEFAULT));

        assertThat(stores.get(StoreKey.DEFAULT)).isSameAs(DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stores.get(Samples.EU))
                .withMessage("no store 'eu'; configured are [default]");
    }

    @Test
    void collectsThePathsThatSomeStoreReads() {
        StoreSettings one = DEFAULT.withMapping(Samples.consents("mailing.agreed", null));
        StoreSettings other = EU.withMapping(Samples.consents("mailing.agreed", "texting"))
                .withIdentifier(Samples.identifiers("externalId", Preference.EMAIL, false));

        assertThat(new Stores(List.of(one, other)).paths()).containsExactly("mailing.agreed", "texting", "externalId");
        assertThat(new Stores(List.of(DEFAULT)).paths())
                .as("the id is read anyhow")
                .isEmpty();
    }

    private static StoreSettings shared(StoreSettings store) {
        return new StoreSettings(
                store.key(),
                true,
                store.site(),
                DEFAULT.credentials(),
                true,
                store.identifier(),
                store.mapping(),
                store.sending());
    }

    private static List<String> route(CustomerSnapshot customer, StoreSettings... stores) {
        return new Stores(List.of(stores))
                .of(customer).stream().map(store -> store.key().value()).toList();
    }

    private static CustomerSnapshot of(@org.jspecify.annotations.Nullable String site) {
        return CustomerSnapshot.of("7").site(site).build();
    }
}
