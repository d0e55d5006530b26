package io.yotposync.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;

/**
 * Writes payloads as canonical JSON: one order, nothing empty, no white space. Thread-safe. Without a generator, whose
 * buffers would be most of what a save allocates; Jackson's encoder does the quoting.
 */
final class PayloadJson {

    private static final int TYPICAL_LENGTH = 512;

    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

    /**
     * What was written.
     *
     * @param content the body up to {@code account_updated_at}, which comes last: what a fingerprint is taken of
     */
    record Written(String body, String content) {}

    Written write(CustomerPayload payload) {
        StringBuilder text = new StringBuilder(TYPICAL_LENGTH).append("{\"customer\":{");
        for (Map.Entry<CustomerProperty, Object> entry : payload.properties().entrySet()) {
            if (entry.getKey() != CustomerProperty.ACCOUNT_UPDATED_AT) {
                name(text, entry.getKey().wireName());
                value(text, entry.getValue());
            }
        }
        if (!payload.address().isEmpty()) {
            name(text, "address").append('{');
            for (Map.Entry<AddressProperty, String> entry : payload.address().entrySet()) {
                name(text, entry.getKey().wireName());
                value(text, entry.getValue());
            }
            text.append('}');
        }
        if (!payload.custom().isEmpty()) {
            name(text, "custom_properties").append('{');
            for (Map.Entry<String, Object> entry : payload.custom().entrySet()) {
                name(text, entry.getKey());
                value(text, entry.getValue());
            }
            text.append('}');
        }
        String content = text.toString();
        Object updated = payload.properties().get(CustomerProperty.ACCOUNT_UPDATED_AT);
        if (updated != null) {
            name(text, CustomerProperty.ACCOUNT_UPDATED_AT.wireName());
            value(text, updated);
        }
        return new Written(text.append("}}").toString(), content);
    }

    private static StringBuilder name(StringBuilder text, String name) {
        if (text.charAt(text.length() - 1) != '{') {
            text.append(',');
        }
        text.append('"');
        QUOTES.quoteAsString(name, text);
        return text.append("\":");
    }

    private static void value(StringBuilder text, Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            text.append('"');
            QUOTES.quoteAsString(value.toString(), text);
            text.append('"');
        }
    }
}
