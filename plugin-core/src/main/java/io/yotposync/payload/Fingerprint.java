package io.yotposync.payload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The content of a payload, as 43 characters that tell nothing about it: SHA-256 over store, mapping version and
 * canonical JSON.
 */
public record Fingerprint(String value) {

    /** Equal to no content's. */
    public static final Fingerprint UNKNOWN = new Fingerprint("?");

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** One to spare: making a digest costs more than a fingerprint. Whoever finds none makes one. */
    private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

    private static final byte END = (byte) 0xFF;

    private static final int PREFIX = 9;

    /** Feeds the parts in order, each ended by a byte that UTF-8 never has. */
    public static Fingerprint of(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            feed(digest, part);
        }
        return of(digest);
    }

    /** As {@code of} with the text as it stands for the last part. */
    static Fingerprint of(Utf8Text last, String... before) {
        MessageDigest digest = sha256();
        for (String part : before) {
            feed(digest, part);
        }
        digest.update(last.bytes(), 0, last.length());
        digest.update(END);
        return of(digest);
    }

    private static void feed(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update(END);
    }

    private static Fingerprint of(MessageDigest digest) {
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
