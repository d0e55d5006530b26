package io.yotposync.sample.shop;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a shopper typed; blank means left empty.
 *
 * @param locale a Broadleaf locale code, such as {@code de_DE}
 * @param attributes by name; an attribute that is not named is removed
 */
record CustomerForm(
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String locale,
        boolean receiveEmail,
        boolean deactivated,
        @Nullable AddressForm address,
        Map<String, String> attributes) {

    CustomerForm {
        email = clean(email);
        firstName = clean(firstName);
        lastName = clean(lastName);
        phone = clean(phone);
        locale = clean(locale);
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** Names and an address, nothing of it required; one without street, city and postal code is none. */
    record AddressForm(
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String state,
            @Nullable String country,
            @Nullable String company) {

        AddressForm {
            line1 = clean(line1);
            line2 = clean(line2);
            city = clean(city);
            postalCode = clean(postalCode);
            state = clean(state);
            country = clean(country);
            company = clean(company);
        }

        boolean isEmpty() {
            return line1 == null && city == null && postalCode == null;
        }
    }

    private static @Nullable String clean(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public String toString() {
        return "CustomerForm[attributes=" + Objects.requireNonNull(attributes).size() + "]";
    }
}
