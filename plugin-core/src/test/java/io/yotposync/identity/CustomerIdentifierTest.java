package io.yotposync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.Samples;
import io.yotposync.customer.Address;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.identity.NotIdentifiable.Reason;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIdentifierTest {

    private static final StoreSettings STORE = Samples.store("default");
    private static final StoreSettings WITH_PHONE = identifiers("id", Preference.EMAIL, true);
    private static final Phone PHONE = new Phone("+447911123456", null);

    private final CustomerIdentifier identifier = new CustomerIdentifier(PhoneNumbers.standard());

    @Test
    void aRegisteredCustomerIsKnownByTheHostsIdWithTheEmailBeside() {
        assertThat(identify(customer().build(), STORE)).isEqualTo(new Identified("7", "a@example.com", null));
    }

    @Test
    void aGuestIsKnownByEmailAloneAndNeverByAnId() {
        CustomerSnapshot guest =
                customer().registered(false).property("code", "C-1").build();

        assertThat(identify(guest, STORE)).isEqualTo(new Identified(null, "a@example.com", null));
        assertThat(identify(guest, identifiers("code", Preference.EMAIL, false)))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @Test
    void theIdMayComeFromAnotherProperty() {
        CustomerSnapshot customer = customer().property("crm.code", " C-1 ").build();

        assertThat(identify(customer, identifiers("crm.code", Preference.EMAIL, false)))
                .isEqualTo(new Identified("C-1", "a@example.com", null));
    }

    @Test
    void anEmptyPropertyIsNoIdAndTheHostsOwnDoesNotStandIn() {
        StoreSettings byCode = identifiers("code", Preference.EMAIL, false);

        assertThat(identify(customer().build(), byCode)).isEqualTo(new Identified(null, "a@example.com", null));
        assertThat(identify(customer().property("code", " ").build(), byCode))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @Test
    void anIdThatCannotBeReadJustNowIsNotTakenForNone() {
        StoreSettings byCode = identifiers("code", Preference.EMAIL, false);
        CustomerSnapshot customer = customer().unread("code").partial(true).build();

        assertThat(identify(customer, byCode)).isEqualTo(new NotIdentifiable(Reason.UNREADABLE));
        assertThat(identify(customer, STORE)).isEqualTo(new Identified("7", "a@example.com", null));
        assertThat(identify(customer().registered(false).unread("code").build(), byCode))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @Test
    void anIdCanBeTurnedOff() {
        assertThat(identify(customer().build(), identifiers("", Preference.EMAIL, false)))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u200Bb", "\uD83D", "a\nb", "a\uFEFFb", "a\u202Eb", "\uFFFF", "a\u2028b"})
    void anIdThatWouldHaveToBeChangedIsNone(String id) {
        assertThat(identify(customer().property("code", id).build(), identifiers("code", Preference.EMAIL, false)))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @Test
    void anIdThatIsTooLongIsNotCutForItCouldBeAnothers() {
        StoreSettings byCode = identifiers("code", Preference.EMAIL, false);

        assertThat(identify(customer().property("code", "x".repeat(255)).build(), byCode))
                .isEqualTo(new Identified("x".repeat(255), "a@example.com", null));
        assertThat(identify(customer().property("code", "x".repeat(256)).build(), byCode))
                .isEqualTo(new Identified(null, "a@example.com", null));
    }

    @Test
    void aPhoneNumberIsNotSentUnlessASettingSaysSo() {
        assertThat(identify(customer().phone(PHONE).build(), STORE))
                .isEqualTo(new Identified("7", "a@example.com", null));
        assertThat(identify(customer().phone(PHONE).build(), WITH_PHONE))
                .isEqualTo(new Identified("7", "a@example.com", "+447911123456"));
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void withoutAnIdExactlyOneContactIsSent(Preference prefer) {
        CustomerSnapshot both = customer().phone(PHONE).registered(false).build();

        assertThat(identify(both, identifiers("id", prefer, true)))
                .isEqualTo(
                        prefer == Preference.EMAIL
                                ? new Identified(null, "a@example.com", null)
                                : new Identified(null, null, "+447911123456"));
    }

    @ParameterizedTest
    @EnumSource(Preference.class)
    void theOtherContactStandsInWhereThePreferredOneIsMissingOrMalformed(Preference prefer) {
        StoreSettings store = identifiers("", prefer, true);

        assertThat(identify(customer().phone(new Phone("12", null)).build(), store))
                .isEqualTo(new Identified(null, "a@example.com", null));
        assertThat(identify(customer().email("a@").phone(PHONE).build(), store))
                .isEqualTo(new Identified(null, null, "+447911123456"));
    }

    @Test
    void aMalformedEmailIsLeftOut() {
        assertThat(identify(customer().email("a at example.com").build(), STORE))
                .isEqualTo(new Identified("7", null, null));
    }

    @Test
    void anAnonymousVisitorIsNobody() {
        assertThat(identify(CustomerSnapshot.of("7").registered(false).build(), WITH_PHONE))
                .isEqualTo(new NotIdentifiable(Reason.ANONYMOUS));
        assertThat(identify(
                        CustomerSnapshot.of("7")
                                .registered(false)
                                .email(" ")
                                .phone(new Phone(" ", null))
                                .build(),
                        WITH_PHONE))
                .isEqualTo(new NotIdentifiable(Reason.ANONYMOUS));
    }

    @Test
    void aMalformedContactAloneIsTheReason() {
        assertThat(identify(
                        CustomerSnapshot.of("7").registered(false).email("x").build(), STORE))
                .isEqualTo(new NotIdentifiable(Reason.INVALID_CONTACT));
        CustomerSnapshot phone = CustomerSnapshot.of("7")
                .registered(false)
                .phone(new Phone("12", null))
                .build();
        assertThat(identify(phone, WITH_PHONE)).isEqualTo(new NotIdentifiable(Reason.INVALID_CONTACT));
        assertThat(identify(phone, STORE))
                .as("a phone that may not be sent")
                .isEqualTo(new NotIdentifiable(Reason.ANONYMOUS));
    }

    @Test
    void aRegisteredCustomerWithNothingHasNoIdentifier() {
        assertThat(identify(CustomerSnapshot.of("7").build(), identifiers("", Preference.EMAIL, true)))
                .isEqualTo(new NotIdentifiable(Reason.NO_IDENTIFIER));
    }

    @Test
    void aNationalNumberIsReadByTheAddressThenByTheStore() {
        CustomerSnapshot.Builder national = customer().phone(new Phone("07911 123456", null));

        assertThat(phone(national.address(country("GB")).build(), "US")).isEqualTo("+447911123456");
        assertThat(phone(national.address(country("uk")).build(), "US")).isEqualTo("+447911123456");
        assertThat(phone(national.address(null).build(), "GB")).isEqualTo("+447911123456");
        assertThat(phone(national.address(country(null)).build(), "GB")).isEqualTo("+447911123456");
        assertThat(phone(national.address(country("Great Britain")).build(), "GB"))
                .as("an address whose country is no code")
                .isEqualTo("+447911123456");
        assertThat(phone(national.address(null).build(), null)).isNull();
    }

    @Test
    void identifiersThatYotpoRefusesCannotBeMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identified(null, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Identified(null, "a@example.com", "+447911123456"));
        assertThat(new Identified("7", "a@example.com", "+447911123456").by()).isEqualTo("external_id");
        assertThat(new Identified(null, "a@example.com", null).by()).isEqualTo("email");
        assertThat(new Identified(null, null, "+447911123456").by()).isEqualTo("phone_number");
    }

    private @Nullable String phone(CustomerSnapshot customer, @Nullable String region) {
        StoreSettings store = WITH_PHONE.withMapping(Samples.codes(null, null, region));
        return ((Identified) identify(customer, store)).phoneNumber();
    }

    private Identity identify(CustomerSnapshot customer, StoreSettings store) {
        return identifier.identify(customer, store);
    }

    private static CustomerSnapshot.Builder customer() {
        return CustomerSnapshot.of("7").email("a@example.com");
    }

    private static Address country(@Nullable String code) {
        return Samples.address(code);
    }

    private static StoreSettings identifiers(String path, Preference prefer, boolean phone) {
        return STORE.withIdentifier(Samples.identifiers(path, prefer, phone));
    }
}
