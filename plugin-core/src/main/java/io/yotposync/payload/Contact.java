package io.yotposync.payload;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A payload's e-mail, or its phone number where there is none, as the ledger keeps it: enough to see that two customers
 * share it, without saying what it is. Equal where fingerprint and {@code alone} are. Thread-safe.
 */
public final class Contact {

    private final Supplier<Fingerprint> hashing;
    private final boolean alone;
    private @Nullable Fingerprint fingerprint;

    /**
     * @param hashing made when it is first asked for: what changes nothing is never written, and needs none
     * @param alone whether nothing but the contact identifies the customer, as with guests
     */
    Contact(Supplier<Fingerprint> hashing, boolean alone) {
        this.hashing = hashing;
        this.alone = alone;
    }

    /** @param fingerprint of store, app key and contact, in lower case */
    public Contact(Fingerprint fingerprint, boolean alone) {
        this(() -> fingerprint, alone);
    }

    /** Of store, app key and contact, in lower case. */
    public Fingerprint fingerprint() {
        Fingerprint known = fingerprint; // a record: two threads that make it twice make the same
        if (known == null) {
            known = hashing.get();
            fingerprint = known;
        }
        return known;
    }

    /** Whether nothing but the contact identifies the customer, as with guests. */
    public boolean alone() {
        return alone;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Contact contact
                && alone == contact.alone
                && fingerprint().equals(contact.fingerprint());
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint(), alone);
    }

    @Override
    public String toString() {
        return "Contact[" + fingerprint() + ", alone=" + alone + "]";
    }
}
