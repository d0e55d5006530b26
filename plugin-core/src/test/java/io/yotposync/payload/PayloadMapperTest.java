package io.yotposync.payload;

import static io.yotposync.payload.Mapped.PHONES;
import static io.yotposync.payload.Mapped.STORE;
import static io.yotposync.payload.Mapped.map;
import static io.yotposync.payload.Mapped.render;
import static io.yotposync.payload.Mapped.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.identity.Identified;
import io.yotposync.store.Credentials;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadMapperTest {

    @Test
    void sendsEveryPropertyInOneOrder() {
        StoreSettings store = STORE.withIdentifier(Samples.identifiers("id", Preference.EMAIL, true))
                .withMapping(Samples.attributes(Map.of("group", "tags", "level", "custom_properties.level"), true));
        CustomerSnapshot customer = Samples.full("7")
                .attribute("group", "vip, new ,vip")
                .attribute("level", "gold")
                .build();

        assertThat(render(customer, store).body())
                .isEqualTo("{\"customer\":{\"external_id\":\"7\",\"email\":\"a@example.com\","
                        + "\"phone_number\":\"+447911123456\",\"first_name\":\"Ada\",\"last_name\":\"Example\","
                        + "\"gender\":\"F\",\"account_created_at\":\"2025-01-02T03:04:05Z\","
                        + "\"account_status\":\"enabled\","
                        + "\"default_language\":\"de\",\"default_currency\":\"USD\",\"tags\":\"vip,new\","
                        + "\"accepts_email_marketing\":true,\"accepts_sms_marketing\":false,"
                        + "\"address\":{\"address1\":\"1 Example Street\",\"address2\":\"Flat 2\","
                        + "\"city\":\"Exampleton\",\"company\":\"Example Ltd\",\"state\":\"Exampleshire\","
                        + "\"zip\":\"EX1 1EX\",\"province_code\":\"XY\",\"country_code\":\"GB\","
                        + "\"phone_number\":\"+442079460018\"},\"custom_properties\":{\"level\":\"gold\"},"
                        + "\"account_updated_at\":\"2026-02-03T04:05:06Z\"}}");
    }

    @Test
    void leavesOutWhatIsUnknown() {
        assertThat(render(CustomerSnapshot.of("7").build(), STORE).body())
                .isEqualTo("{\"customer\":{\"external_id\":\"7\",\"account_status\":\"enabled\"}}");
    }

    @Test
    void aGuestHasNoAccountToTellOf() {
        assertThat(map(Samples.full("7").registered(false).build(), STORE).properties())
                .doesNotContainKeys(
                        CustomerProperty.EXTERNAL_ID,
                        CustomerProperty.ACCOUNT_STATUS,
                        CustomerProperty.ACCOUNT_CREATED_AT,
                        CustomerProperty.ACCOUNT_UPDATED_AT);
    }

    @Test
    void aDeactivatedCustomerIsDisabled() {
        assertThat(value(Samples.full("7").deactivated(true).build(), STORE, CustomerProperty.ACCOUNT_STATUS))
                .isEqualTo("disabled");
        assertThat(value(
                        Samples.full("7").registered(false).deactivated(true).build(),
                        STORE,
                        CustomerProperty.ACCOUNT_STATUS))
                .isEqualTo("disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "XX", "Germany", "USA", "\u0000"})
    void anAddressOfNoKnownCountryIsLeftOutWhole(String country) {
        CustomerSnapshot customer =
                Samples.full("7").address(Samples.address(country)).build();

        assertThat(map(customer, STORE).address()).isEmpty();
        assertThat(render(customer, STORE).body()).doesNotContain("address1", "country_code", "\"address\"");
    }

    @Test
    void anAddressWithoutCountryIsLeftOutWhole() {
        assertThat(map(Samples.full("7").address(Samples.address(null)).build(), STORE)
                        .address())
                .isEmpty();
    }

    @Test
    void consentHasThreeStates() {
        for (Consent consent : Consent.values()) {
            CustomerSnapshot customer = Samples.full("7")
                    .emailMarketing(consent)
                    .smsMarketing(consent)
                    .build();
            Boolean expected = consent == Consent.UNKNOWN ? null : consent == Consent.GRANTED;

            assertThat(value(customer, STORE, CustomerProperty.ACCEPTS_EMAIL_MARKETING))
                    .isEqualTo(expected);
            assertThat(value(customer, STORE, CustomerProperty.ACCEPTS_SMS_MARKETING))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aConfiguredConsentIsTheOnlyOneThatCounts() {
        StoreSettings store = STORE.withMapping(Samples.consents("mail", "sms"));
        CustomerSnapshot.Builder customer =
                Samples.full("7").emailMarketing(Consent.GRANTED).smsMarketing(Consent.DENIED);

        assertThat(value(customer.build(), store, CustomerProperty.ACCEPTS_EMAIL_MARKETING))
                .as("nothing there: unknown, not the host's own")
                .isNull();
        customer.property("mail", "false").property("sms", "TRUE");
        assertThat(value(customer.build(), store, CustomerProperty.ACCEPTS_EMAIL_MARKETING))
                .isEqualTo(false);
        assertThat(value(customer.build(), store, CustomerProperty.ACCEPTS_SMS_MARKETING))
                .isEqualTo(true);
        assertThat(value(customer.property("sms", "1").build(), store, CustomerProperty.ACCEPTS_SMS_MARKETING))
                .isNull();
    }

    @Test
    void anEmptyPathTellsNoConsentThoughTheHostHasOne() {
        StoreSettings store = STORE.withMapping(Samples.consents(" ", ""));
        CustomerSnapshot customer = Samples.full("7")
                .emailMarketing(Consent.DENIED)
                .smsMarketing(Consent.GRANTED)
                .build();

        assertThat(value(customer, store, CustomerProperty.ACCEPTS_EMAIL_MARKETING))
                .isNull();
        assertThat(value(customer, store, CustomerProperty.ACCEPTS_SMS_MARKETING))
                .isNull();
    }

    @Test
    void theStoresCurrencyGoesFirstAndItsLanguageLast() {
        StoreSettings store = STORE.withMapping(Samples.codes("EUR", "fr", null));

        assertThat(value(Samples.full("7").build(), store, CustomerProperty.DEFAULT_CURRENCY))
                .isEqualTo("EUR");
        assertThat(value(Samples.full("7").build(), STORE, CustomerProperty.DEFAULT_CURRENCY))
                .isEqualTo("USD");
        assertThat(value(Samples.full("7").build(), store, CustomerProperty.DEFAULT_LANGUAGE))
                .isEqualTo("de");
        assertThat(value(Samples.full("7").language("xx").build(), store, CustomerProperty.DEFAULT_LANGUAGE))
                .isEqualTo("fr");
        assertThat(value(Samples.full("7").language(null).build(), STORE, CustomerProperty.DEFAULT_LANGUAGE))
                .isNull();
    }

    @Test
    void tagsWithoutAnOrderAreSorted() {
        CustomerPayloadCustomizer set =
                (payload, customer, key) -> payload.set(CustomerProperty.TAGS, Set.of("d", "b", "a", "c"));

        assertThat(map(Samples.full("7").build(), STORE, set).properties())
                .containsEntry(CustomerProperty.TAGS, "a,b,c,d");
    }

    @Test
    void theFingerprintKnowsStoreAppKeyAndMappingVersion() {
        CustomerSnapshot customer = Samples.full("7").build();

        assertThat(List.of(
                        render(customer, STORE).fingerprint(),
                        render(customer, Samples.store("eu").withCredentials(STORE.credentials()))
                                .fingerprint(),
                        render(customer, STORE.withCredentials(new Credentials("other", "default-secret")))
                                .fingerprint(),
                        render(customer, STORE.withMapping(Samples.version("2")))
                                .fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(render(customer, STORE.withCredentials(new Credentials("default-app-key", "new-secret")))
                        .fingerprint())
                .as("a new secret is no new content")
                .isEqualTo(render(customer, STORE).fingerprint());
    }

    @Test
    void theLastUpdateAloneIsNoNewContent() {
        RenderedPayload one = render(Samples.full("7").build(), STORE);
        RenderedPayload other = render(
                Samples.full("7")
                        .updatedAt(Instant.parse("2026-02-28T00:00:00Z"))
                        .build(),
                STORE);

        assertThat(other.body()).isNotEqualTo(one.body());
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(render(Samples.full("7").updatedAt(null).build(), STORE).fingerprint())
                .isEqualTo(one.fingerprint());
        assertThat(render(Samples.full("7").name("Eve", "Example").build(), STORE)
                        .fingerprint())
                .isNotEqualTo(one.fingerprint());
    }

    /** Defect 6 of Yotpo's own Magento module: the first store's payload went to every store. */
    @Test
    void twoStoresGetTwoPayloadsAndShareNothing() {
        StoreSettings us =
                STORE.withMapping(new MappingSettings("USD", null, "US", Map.of("a", "tags"), true, "mail", null, "1"));
        StoreSettings eu = Samples.store("eu")
                .withMapping(new MappingSettings("EUR", null, "GB", Map.of("b", "tags"), false, null, null, "1"));
        PayloadMapper mapper = new PayloadMapper(
                new Stores(List.of(us, eu)),
                PHONES,
                List.of((payload, of, key) -> payload.custom("store", key.value())));
        CustomerSnapshot customer = Samples.full("7")
                .attribute("a", "american")
                .attribute("b", "european")
                .property("mail", "false")
                .build();
        Identified identity = new Identified("7", "a@example.com", null);

        CustomerPayload forUs = mapper.map(customer, identity, us);
        CustomerPayload forEu = mapper.map(customer, identity, eu);

        assertThat(forUs.properties())
                .containsEntry(CustomerProperty.DEFAULT_CURRENCY, "USD")
                .containsEntry(CustomerProperty.TAGS, "american")
                .containsEntry(CustomerProperty.ACCEPTS_EMAIL_MARKETING, false);
        assertThat(forUs.custom()).isEqualTo(Map.of("store", "default"));
        assertThat(forEu.properties())
                .containsEntry(CustomerProperty.DEFAULT_CURRENCY, "EUR")
                .containsEntry(CustomerProperty.TAGS, "european")
                .containsEntry(CustomerProperty.ACCEPTS_EMAIL_MARKETING, true);
        assertThat(forEu.custom()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+44 20 7946 0018, US, +442079460018", "020 7946 0018, GB, +442079460018", "nonsense, GB, "})
    void theAddressHasItsOwnPhoneByItsOwnCountry(String number, String country, @Nullable String e164) {
        CustomerSnapshot customer = Samples.full("7")
                .address(new io.yotposync.customer.Address(
                        null, null, null, null, null, null, null, country, new Phone(number, null)))
                .build();

        assertThat(map(customer, STORE).address().get(AddressProperty.PHONE_NUMBER))
                .isEqualTo(e164);
    }

    /** By it, a guest is not sent who would overwrite a registered customer. */
    @Test
    void theContactIsTheEmailInSmallLettersOrElseThePhoneNumber() {
        StoreSettings store = STORE.withIdentifier(Samples.identifiers("id", Preference.EMAIL, true));
        CustomerSnapshot.Builder customer = Samples.full("7").email("A@example.com");

        assertThat(render(customer.build(), store).contact()).isEqualTo(contact("a@example.com", false));
        customer.registered(false);
        assertThat(render(customer.build(), store).contact()).isEqualTo(contact("a@example.com", true));
        customer.email(null);
        assertThat(render(customer.build(), store).contact()).isEqualTo(contact("+447911123456", true));
        assertThat(render(CustomerSnapshot.of("7").build(), store).contact()).isNull();
    }

    private static Contact contact(String text, boolean alone) {
        return new Contact(Fingerprint.of("default", STORE.credentials().appKey(), text), alone);
    }
}
