package io.yotposync.payload;

import static io.yotposync.payload.Mapped.PHONES;
import static io.yotposync.payload.Mapped.STORE;
import static io.yotposync.payload.Mapped.map;
import static io.yotposync.payload.Mapped.render;
import static io.yotposync.payload.Mapped.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.yotposync.Samples;
import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shop's own attributes and customizers make of a payload. */
class AdaptedPayloadTest {

    @Test
    void anAttributeFillsAProperty() {
        StoreSettings store = STORE.withMapping(Samples.attributes(
                Map.of(
                        "sex", "gender",
                        "texts", " Accepts_SMS_Marketing ",
                        "since", "account_created_at",
                        "money", "default_currency",
                        "t1", "tags",
                        "t2", "tags"),
                false));
        CustomerSnapshot customer = Samples.full("7")
                .attribute("sex", "male")
                .attribute("texts", "true")
                .attribute("since", "2020-05-06T07:08:09+02:00")
                .attribute("money", "chf")
                .attribute("t2", "b,a")
                .attribute("t1", "a")
                .attribute("unmapped", "canary")
                .build();

        assertThat(map(customer, store).properties())
                .containsEntry(CustomerProperty.GENDER, "M")
                .containsEntry(CustomerProperty.ACCEPTS_SMS_MARKETING, true)
                .containsEntry(CustomerProperty.ACCOUNT_CREATED_AT, "2020-05-06T05:08:09Z")
                .containsEntry(CustomerProperty.DEFAULT_CURRENCY, "CHF")
                .containsEntry(CustomerProperty.TAGS, "a,b");
        assertThat(render(customer, store).body()).doesNotContain("canary");
    }

    @Test
    void anAttributeThatCannotBeReadTakesNothingAwayButAConsent() {
        StoreSettings store = STORE.withMapping(Samples.attributes(
                Map.of("newsletter", "accepts_email_marketing", "since", "account_created_at"), false));
        CustomerSnapshot customer = Samples.full("7")
                .emailMarketing(Consent.GRANTED)
                .attribute("newsletter", "withdrawn")
                .attribute("since", "long ago")
                .build();

        assertThat(value(customer, store, CustomerProperty.ACCOUNT_CREATED_AT)).isEqualTo("2025-01-02T03:04:05Z");
        assertThat(value(customer, store, CustomerProperty.ACCEPTS_EMAIL_MARKETING))
                .isNull();
    }

    @Test
    void aCustomizerThatKnowsTheCountryGetsTheAddress() {
        CustomerPayloadCustomizer german =
                (payload, customer, key) -> payload.address(AddressProperty.COUNTRY_CODE, "DE");
        CustomerSnapshot customer = CustomerSnapshot.of("7")
                .email("a@example.com")
                .address(new Address("1 Example Street", null, "Exampleton", null, null, "12345", null, null, null))
                .build();

        assertThat(map(customer, STORE, german).address())
                .containsEntry(AddressProperty.ADDRESS1, "1 Example Street")
                .containsEntry(AddressProperty.CITY, "Exampleton")
                .containsEntry(AddressProperty.COUNTRY_CODE, "DE");
        assertThat(map(customer, STORE).address()).isEmpty();
    }

    @Test
    void anEmptyAttributeTakesNothingAway() {
        StoreSettings store = STORE.withMapping(Samples.attributes(Map.of("sex", "gender"), false));

        assertThat(value(Samples.full("7").attribute("sex", " ").build(), store, CustomerProperty.GENDER))
                .isEqualTo("F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "external_id",
                "phone_number",
                "address",
                "nothing",
                "",
                "custom_properties.",
                "custom_properties.  "
            })
    void anAttributeThatFillsNothingIsRefusedWithItsName(String target) {
        StoreSettings store = Samples.store("eu").withMapping(Samples.attributes(Map.of("tier", target), true));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new PayloadMapper(new Stores(List.of(store)), PHONES, List.of()))
                .satisfies(wrong -> assertThat(wrong.setting()).isEqualTo("stores.eu.attributes.tier"));
    }

    @Test
    void customPropertiesAreSentOnlyWhereTurnedOn() {
        CustomerSnapshot customer = Samples.full("7").attribute("level", "gold").build();
        Map<String, String> attributes = Map.of("level", "custom_properties.loyalty level!");
        CustomerPayloadCustomizer also = (payload, of, key) -> payload.custom("more", 1);

        assertThat(map(customer, STORE.withMapping(Samples.attributes(attributes, false)), also)
                        .custom())
                .isEmpty();
        assertThat(map(customer, STORE.withMapping(Samples.attributes(attributes, true)), also)
                        .custom())
                .isEqualTo(Map.of("loyalty_level_", "gold", "more", 1));
    }

    @Test
    void aCustomizerCannotSendAPhoneNumberThatNoSettingPermits() {
        CustomerPayloadCustomizer phone =
                (payload, of, key) -> payload.set(CustomerProperty.PHONE_NUMBER, "+447911123456");

        assertThat(map(Samples.full("7").build(), STORE, phone).properties())
                .doesNotContainKey(CustomerProperty.PHONE_NUMBER);
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        List<String> calls = new ArrayList<>();
        CustomerPayloadCustomizer first = (payload, customer, key) -> {
            calls.add("first " + key + " " + customer.id() + " " + payload.get(CustomerProperty.TAGS));
            payload.set(CustomerProperty.TAGS, List.of("x", "y,z"));
        };
        CustomerPayloadCustomizer second = (payload, customer, key) -> {
            calls.add("second " + payload.get(CustomerProperty.TAGS) + " " + payload.address(AddressProperty.CITY));
            payload.set(CustomerProperty.FIRST_NAME, " B\u0000b ").withoutAddress();
        };

        CustomerPayload payload = map(Samples.full("7").build(), STORE, first, second);

        assertThat(calls).containsExactly("first default 7 null", "second x,y,z Exampleton");
        assertThat(payload.properties())
                .containsEntry(CustomerProperty.TAGS, "x,y,z")
                .containsEntry(CustomerProperty.FIRST_NAME, "Bb");
        assertThat(payload.address()).isEmpty();
    }

    @Test
    void whatACustomizerThrowsComesThrough() {
        CustomerPayloadCustomizer faulty = (payload, customer, key) -> {
            throw new IllegalStateException();
        };

        assertThatIllegalStateException().isThrownBy(() -> map(Samples.full("7").build(), STORE, faulty));
    }

    @Test
    void aBuilderThatACustomizerKeptChangesNothing() {
        List<CustomerPayload.Builder> kept = new ArrayList<>();
        CustomerPayload payload = map(Samples.full("7").build(), STORE, (builder, of, key) -> kept.add(builder));
        kept.get(0).set(CustomerProperty.FIRST_NAME, "Other");

        assertThat(payload.properties()).containsEntry(CustomerProperty.FIRST_NAME, "Ada");
    }
}
