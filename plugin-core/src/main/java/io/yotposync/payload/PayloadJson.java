package io.yotposync.payload;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as canonical JSON: one order, nothing empty, no white space. Thread-safe. Without a generator, whose
 * buffers would be most of what a save allocates; Jackson's encoder does the quoting.
 */
final class PayloadJson {

    private static final int TYPICAL_LENGTH = 1024;

    private static final String CUSTOMER_MEMBER = "{\"" + Bodies.CUSTOMER + "\":{";
    private static final String ADDRESS_MEMBER = '"' + Bodies.ADDRESS + "\":{";
    private static final String CUSTOM_MEMBER = '"' + Bodies.CUSTOM + "\":{";

    /** Spares an iterator's entries, as it is looked through on each save. */
    private static final CustomerProperty[] PROPERTIES = CustomerProperty.values();

    private static final AddressProperty[] ADDRESS = AddressProperty.values();

    /**
     * What was written.
     *
     * @param body JSON, personal data
     * @param fingerprint over the parts before it and all of the body but {@code account_updated_at} and what closes it
     */
    record Written(String body, Fingerprint fingerprint) {

        /** No body. */
        @Override
        public String toString() {
            return "Written[" + body.length() + " characters, " + fingerprint + "]";
        }
    }

    /** One to spare, of a usual size: it would be an eighth of what a save allocates. Whoever finds none makes one. */
    private final AtomicReference<@Nullable Utf8Text> spare = new AtomicReference<>();

    /** @param before the fingerprint's first parts */
    Written write(CustomerPayload payload, String... before) {
        Utf8Text kept = spare.getAndSet(null);
        Utf8Text text = kept == null ? new Utf8Text(TYPICAL_LENGTH) : kept;
        for (String part : before) {
            text.raw(part).end();
        }
        int start = text.length();
        printed(payload, text.plain(CUSTOMER_MEMBER));
        Fingerprint fingerprint = Fingerprint.of(text);
        Object updated = payload.properties().get(CustomerProperty.ACCOUNT_UPDATED_AT);
        if (updated != null) {
            value(next(text).plain(CustomerProperty.ACCOUNT_UPDATED_AT.member()), updated);
        }
        String body = text.plain("}}").text(start);
        if (text.bytes().length <= 2 * TYPICAL_LENGTH) {
            text.clear();
            spare.set(text);
        }
        return new Written(body, fingerprint);
    }

    private static void printed(CustomerPayload payload, Utf8Text text) {
        for (CustomerProperty property : PROPERTIES) {
            Object value = payload.properties().get(property);
            if (value != null && property != CustomerProperty.ACCOUNT_UPDATED_AT) {
                value(next(text).plain(property.member()), value);
            }
        }
        if (!payload.address().isEmpty()) {
            next(text).plain(ADDRESS_MEMBER);
            for (AddressProperty property : ADDRESS) {
                String value = payload.address().get(property);
                if (value != null) {
                    value(next(text).plain(property.member()), value);
                }
            }
            text.plain('}');
        }
        if (!payload.custom().isEmpty()) {
            next(text).plain(CUSTOM_MEMBER);
            for (Map.Entry<String, Object> entry : payload.custom().entrySet()) {
                value(next(text).quoted(entry.getKey()).plain(':'), entry.getValue());
            }
            text.plain('}');
        }
    }

    private static Utf8Text next(Utf8Text text) {
        return text.endsWith('{') ? text : text.plain(',');
    }

    private static void value(Utf8Text text, Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            text.plain(value.toString());
        } else {
            text.quoted(value.toString());
        }
    }
}
