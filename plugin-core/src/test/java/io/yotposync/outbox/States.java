package io.yotposync.outbox;

import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;

/** States to test with; the content is one word that stands for a whole customer. */
public final class States {

    public static final Instant T0 = Instant.parse("2026-03-01T10:00:00.500Z");
    /** A version after that of {@link #T0}. */
    public static final long LATER = T0.toEpochMilli() + 1;

    public static final StoreKey EU = new StoreKey("eu");
    public static final StoreKey US = new StoreKey("us");
    public static final CustomerKey ONE = key(EU, "1");
    public static final CustomerKey TWO = key(EU, "2");

    private States() {}

    public static CustomerKey key(StoreKey store, String id) {
        return new CustomerKey(store, id);
    }

    public static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    public static Fingerprint print(String content) {
        return Fingerprint.of(content);
    }

    public static String payload(String content) {
        return "{\"content\":\"" + content + "\"}";
    }

    public static Desired live(CustomerKey key, String content) {
        return live(key, content, T0.toEpochMilli());
    }

    public static Desired live(CustomerKey key, String content, long version) {
        return new Desired(key, payload(content), print(content), version, Origin.LIVE, T0);
    }

    public static Desired scan(CustomerKey key, String content) {
        return new Desired(key, payload(content), print(content), T0.toEpochMilli(), Origin.SCAN, T0);
    }

    public static Desired notBefore(Desired state, Instant moment) {
        return new Desired(
                state.key(), state.payload(), state.fingerprint(), state.sourceVersion(), state.origin(), moment);
    }

    /** Identified by an external id, with the contact beside it. */
    public static Desired registered(CustomerKey key, String content, String contact) {
        return with(live(key, content), new Contact(contact(key, contact), false));
    }

    /** Identified by the contact alone. */
    public static Desired guest(CustomerKey key, String content, String contact) {
        return with(live(key, content), new Contact(contact(key, contact), true));
    }

    public static Desired guest(CustomerKey key, String content, String contact, long version) {
        return with(live(key, content, version), new Contact(contact(key, contact), true));
    }

    /** Of one store, as {@link Contact} has it. */
    private static Fingerprint contact(CustomerKey key, String contact) {
        return print(key.store().value() + contact);
    }

    private static Desired with(Desired state, Contact contact) {
        return new Desired(
                state.key(),
                state.payload(),
                state.fingerprint(),
                state.sourceVersion(),
                state.origin(),
                state.notBefore(),
                contact);
    }
}
