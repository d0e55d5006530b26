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

    @Override
    public String toString() {
        return "Phone[redacted]";
    }
}
