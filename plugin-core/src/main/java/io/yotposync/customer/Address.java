package io.yotposync.customer;

import org.jspecify.annotations.Nullable;

/**
 * A customer's default postal address as the host keeps it; every part may be unknown.
 *
 * @param country ISO 3166 alpha-2; an address without it is never sent, for Yotpo would read it as {@code US}
 * @param provinceCode the subdivision's short code, with or without the country's prefix ({@code NY}, {@code US-NY})
 */
public record Address(
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String company,
        @Nullable String state,
        @Nullable String zip,
        @Nullable String provinceCode,
        @Nullable String country,
        @Nullable Phone phone) {

    public Address {
        phone = Phone.given(phone);
    }

    @Override
    public String toString() {
        return "Address[redacted]";
    }
}
