package io.yotposync.customer;

import org.jspecify.annotations.Nullable;

/**
 * A phone number as the host keeps it, in whatever form.
 *
 * @param number as typed
 * @param country what the host knows about its country: an ISO 3166 alpha-2 region ({@code GB}) or a calling code
 *     ({@code 44}); {@code null} if unknown
 */
public record Phone(String number, @Nullable String country) {

    /** Without a number, as a host's empty column gives it, it is none. */
    static @Nullable Phone given(@Nullable Phone phone) {
        return phone == null || isMissing(phone.number) ? null : phone;
    }

    private static boolean isMissing(@Nullable String number) {
        return number == null;
    }

    @Override
    public String toString() {
        return "Phone[redacted]";
    }
}
