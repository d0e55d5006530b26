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

    /** Feeds the parts in order, each ended by a byte that UTF-8 never has. */
    public static Fingerprint of(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            feed(digest, part, 0);
        }
        return of(digest);
    }

    /** As {@code of(store, appKey, mapping, body)} without the body's last characters, which must be ASCII. */
    static Fingerprint of(String store, String appKey, String mapping, String body, int unprinted) {
        MessageDigest digest = sha256();
        feed(digest, store, 0);
        feed(digest, appKey, 0);
        feed(digest, mapping, 0);
        feed(digest, body, unprinted);
        return of(digest);
    }

    private static void feed(MessageDigest digest, String part, int without) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length - without);
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

    @Override
    public String toString() {
        return value;
    }
}
