package io.yotposync.test;

import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import java.time.Instant;

/**
 * Customers to test with. Every value is made up and never changes, so that golden files stay as they are; change what a
 * test is about on the builder that is returned.
 */
public final class CustomerSnapshots {

    /** When they registered. */
    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    /** When they were last changed. */
    public static final Instant UPDATED = Instant.parse("2026-02-03T04:05:06Z");

    private CustomerSnapshots() {}

    /** A registered customer about whom everything is known. */
    public static CustomerSnapshot.Builder complete(String id) {
        return registered(id)
                .name("Ada", "Example")
                .gender("female")
                .language("en-GB")
                .currency("GBP")
                .phone(phone())
                .address(address())
                .emailMarketing(Consent.GRANTED)
                .smsMarketing(Consent.DENIED);
    }

    /** A registered customer with an e-mail, and nothing else that could be left out. */
    public static CustomerSnapshot.Builder registered(String id) {
        return CustomerSnapshot.of(id).email(email(id)).createdAt(CREATED).updatedAt(UPDATED);
    }

    /** A customer without an account. */
    public static CustomerSnapshot.Builder guest(String id) {
        return registered(id).registered(false).name("Gus", "Example");
    }

    /** A registered customer whose account was switched off. */
    public static CustomerSnapshot.Builder deactivated(String id) {
        return complete(id).deactivated(true);
    }

    /** A visitor of whom nothing is known by which Yotpo could know them. */
    public static CustomerSnapshot.Builder anonymous(String id) {
        return CustomerSnapshot.of(id).registered(false);
    }

    /** The e-mail that the customer with this id has. */
    public static String email(String id) {
        return "customer-" + id + "@example.com";
    }

    /** A number that is kept free for fiction. */
    public static Phone phone() {
        return new Phone("020 7946 0018", "GB");
    }

    /** A British address. */
    public static Address address() {
        return new Address(
                "1 Example Street", "Flat 2", "London", "Example Ltd", null, "ZZ99 9ZZ", null, "GB", phone());
    }
}
