package io.yotposync.identity;

import org.jspecify.annotations.Nullable;

/**
 * The identifiers to send: an external id with any others beside it, or else exactly one of e-mail and phone number.
 *
 * @param externalId at most 255 characters
 * @param email a plausible address
 * @param phoneNumber E.164
 */
public record Identified(
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phoneNumber) implements Identity {

    public Identified {
        if (externalId == null && (email == null) == (phoneNumber == null)) {
            throw new IllegalArgumentException(
                    "without an external id exactly one of e-mail and phone number identifies a customer");
        }
    }

    /** The Yotpo property that identifies the customer. */
    public String by() {
        if (externalId != null) {
            return "external_id";
        }
        return email != null ? "email" : "phone_number";
    }

    @Override
    public String toString() {
        return "Identified[by=" + by() + "]";
    }
}
