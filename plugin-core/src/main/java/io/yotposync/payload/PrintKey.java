package io.yotposync.payload;

import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.BinaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a store's values are hashed with; comes of the store's secret. Thread-safe. */
final class PrintKey {

    static final int ID_LENGTH = 4;
    static final int PRINT_LENGTH = 6;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String id;
    private final SecretKeySpec secret;

    private PrintKey(SecretKeySpec secret) {
        this.secret = secret;
        id = text(mac(secret), "id", ID_LENGTH);
    }

    static PrintKey of(Credentials credentials) {
        SecretKeySpec stores = key(credentials.secret().getBytes(StandardCharsets.UTF_8));
        return new PrintKey(key(hash(mac(stores), "yotpo-sync field prints of " + credentials.appKey())));
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Tells prints of this key from others, and nothing about it. */
    String id() {
        return id;
    }

    /** Makes a print of a field and its value. For one thread. */
    BinaryOperator<String> printsOf(CustomerKey customer) {
        Mac mac = mac(secret); // fit for the next text after each
        return (field, value) -> text(mac, customer.customerId() + '\u0000' + field + '\u0000' + value, PRINT_LENGTH);
    }

    private static String text(Mac mac, String text, int length) {
        return ENCODER.encodeToString(hash(mac, text)).substring(0, length);
    }

    private static byte[] hash(Mac mac, String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
