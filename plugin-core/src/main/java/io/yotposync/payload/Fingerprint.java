package io.yotposync.payload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The content of a payload, as 43 characters that tell nothing about it: SHA-256 over store, mapping version and
 * canonical JSON.
 */
public record Fingerprint(String value) {

    /** Equal to no content's. */
    public static final Fingerprint UNKNOWN = new Fingerprint("?");

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Feeds the parts in order, each ended by a byte that UTF-8 never has. */
    public static Fingerprint of(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0xFF);
        }
        return new Fingerprint(ENCODER.encodeToString(digest.digest()));
    }

    private static MessageDigest sha256() {
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
