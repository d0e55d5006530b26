package io.yotposync.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as canonical JSON: one order, nothing empty, no white space. Thread-safe. Without a generator, whose
 * buffers would be most of what a save allocates; Jackson's encoder does the quoting.
 */
final class PayloadJson {

    private static final int TYPICAL_LENGTH = 512;

    private static final String ADDRESS_MEMBER = "\"address\":{";
    private static final String CUSTOM_MEMBER = "\"custom_properties\":{";

    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

    /** Spares an iterator's entries, as it is looked through on each save. */
    private static final CustomerProperty[] PROPERTIES = CustomerProperty.values();

    private static final AddressProperty[] ADDRESS = AddressProperty.values();

    /**
     * What was written.
     *
     * @param body JSON, personal data
     * @param unprinted how many characters at the end are not part of the fingerprint: {@code account_updated_at} and
     *     what closes the body, all ASCII
     */
    record Written(String body, int unprinted) {

        /** No body. */
        @Override
        public String toString() {
            return "Written[" + body.length() + " characters]";
        }
    }

    /** One to spare, of a usual size: it would be an eighth of what a save allocates. Whoever finds none makes one. */
    private final AtomicReference<@Nullable StringBuilder> spare = new AtomicReference<>();

    Written write(CustomerPayload payload) {
        StringBuilder kept = spare.getAndSet(null);
        StringBuilder text = kept == null ? new StringBuilder(TYPICAL_LENGTH) : kept;
        Written written = write(payload, text.append("{\"customer\":{"));
        if (text.capacity() <= 2 * TYPICAL_LENGTH) {
            text.setLength(0);
            spare.set(text);
        }
        return written;
    }

    private static Written write(CustomerPayload payload, StringBuilder text) {
        for (CustomerProperty property : PROPERTIES) {
            Object value = payload.properties().get(property);
            if (value != null && property != CustomerProperty.ACCOUNT_UPDATED_AT) {
                value(next(text).append(property.member()), value);
            }
        }
        if (!payload.address().isEmpty()) {
            next(text).append(ADDRESS_MEMBER);
            for (AddressProperty property : ADDRESS) {
                String value = payload.address().get(property);
                if (value != null) {
                    value(next(text).append(property.member()), value);
                }
            }
            text.append('}');
        }
        if (!payload.custom().isEmpty()) {
            next(text).append(CUSTOM_MEMBER);
            for (Map.Entry<String, Object> entry : payload.custom().entrySet()) {
                value(quoted(next(text), entry.getKey()).append(':'), entry.getValue());
            }
            text.append('}');
        }
        int printed = text.length();
        Object updated = payload.properties().get(CustomerProperty.ACCOUNT_UPDATED_AT);
        if (updated != null) {
            value(next(text).append(CustomerProperty.ACCOUNT_UPDATED_AT.member()), updated);
        }
        String body = text.append("}}").toString();
        return new Written(body, body.length() - printed);
    }

    private static StringBuilder next(StringBuilder text) {
        return text.charAt(text.length() - 1) == '{' ? text : text.append(',');
    }

    private static void value(StringBuilder text, Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            quoted(text, value.toString());
        }
    }

    /** Most have nothing to escape and are copied whole. */
    private static StringBuilder quoted(StringBuilder text, String value) {
        text.append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            QUOTES.quoteAsString(value, text);
        }
        return text.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
