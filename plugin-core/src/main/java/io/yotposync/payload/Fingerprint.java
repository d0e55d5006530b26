package io.yotposync.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The content of a payload, as 43 characters that tell nothing about it: SHA-256 over store, app key, mapping version and
 * canonical JSON, {@code account_updated_at} apart. That of a contact is made of store, app key and contact.
 */
public record Fingerprint(String value) {

    /** Equal to no content's. */
    public static final Fingerprint UNKNOWN = new Fingerprint("?");

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** One to spare: making a digest costs more than a fingerprint. Whoever finds none makes one. */
    private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

    /** Behind the characters of a hash, which never has it. */
    private static final String HELD_BACK = ".";

    private static final int TYPICAL_LENGTH = 128;

    private static final int PREFIX = 9;

    /** Feeds the parts in order, each ended by a byte that UTF-8 never has. */
    public static Fingerprint of(String... parts) {
        Utf8Text all = new Utf8Text(TYPICAL_LENGTH);
        for (int i = 0; i < parts.length; i++) {
            (i == 0 ? all : all.end()).raw(parts[i]);
        }
        return of(all);
    }

    /** As {@code of} with all parts in one, each but the last with its end. */
    static Fingerprint of(Utf8Text parts) {
        MessageDigest digest = sha256();
        digest.update(parts.bytes(), 0, parts.length());
        digest.update(Utf8Text.END);
        byte[] hash = digest.digest(); // fit for the next
        SPARE.set(digest);
        return new Fingerprint(ENCODER.encodeToString(hash));
    }

    private static MessageDigest sha256() {
        MessageDigest spare = SPARE.getAndSet(null);
        return spare == null ? newSha256() : spare;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Under which a state is kept whose consent was held back. Made of that of the whole state, so that a later choice of
     * the shopper's shows as a change though it is not in what was sent. One character longer than others.
     */
    public Fingerprint withoutConsent() {
        return new Fingerprint(of("consent held back", value).value + HELD_BACK);
    }

    /** Whether it is of a state whose consent was held back. */
    public boolean isWithoutConsent() {
        return value.endsWith(HELD_BACK);
    }

    /**
     * The first nine characters, 54 bits, as a number: enough to tell successive states of one customer apart without
     * keeping an object for each of a million customers.
     */
    public long prefix() {
        long prefix = 0;
        for (int i = 0; i < Math.min(PREFIX, value.length()); i++) {
            prefix = prefix << 7 | value.charAt(i);
        }
        return prefix;
    }

    @Override
    public String toString() {
        return value;
    }
}
