package io.yotposync.identity;

import io.yotposync.customer.Phone;
import org.jspecify.annotations.Nullable;

/** Reads phone numbers into E.164. Called on saving threads and on our own: thread-safe, no I/O, never throws. */
@FunctionalInterface
public interface PhoneNumbers {

    /**
     * Reads a number.
     *
     * @param phone as the host keeps it
     * @param region ISO 3166 alpha-2 of the address or store, used where the phone itself names no country
     * @return E.164, or {@code null} if it is not a valid number
     */
    @Nullable
    String e164(Phone phone, @Nullable String region);

    /**
     * Google's libphonenumber where it is on the classpath; without it, only numbers that are E.164 already are taken.
     */
    static PhoneNumbers standard() {
        try {
            Class.forName("com.google.i18n.phonenumbers.PhoneNumberUtil", false, PhoneNumbers.class.getClassLoader());
            return new LibPhoneNumbers();
        } catch (ClassNotFoundException | LinkageError absent) {
            return new PlainE164();
        }
    }
}
