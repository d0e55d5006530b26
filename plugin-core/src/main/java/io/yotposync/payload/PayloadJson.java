package io.yotposync.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes payloads as canonical JSON: one order, nothing empty, no white space. Thread-safe. */
final class PayloadJson {

    private static final int TYPICAL_LENGTH = 512;

    private final JsonFactory json = new JsonFactory();

    String write(CustomerPayload payload, @Nullable CustomerProperty except) {
        StringWriter text = new StringWriter(TYPICAL_LENGTH);
        try (JsonGenerator to = json.createGenerator(text)) {
            to.writeStartObject();
            to.writeObjectFieldStart("customer");
            for (Map.Entry<CustomerProperty, Object> entry :
                    payload.properties().entrySet()) {
                if (entry.getKey() != except) {
                    to.writeFieldName(entry.getKey().wireName());
                    writeValue(to, entry.getValue());
                }
            }
            writeAddress(to, payload.address().entrySet());
            writeCustom(to, payload.custom().entrySet());
            to.writeEndObject();
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void writeAddress(JsonGenerator to, Set<Map.Entry<AddressProperty, String>> address)
            throws IOException {
        if (address.isEmpty()) {
            return;
        }
        to.writeObjectFieldStart("address");
        for (Map.Entry<AddressProperty, String> entry : address) {
            to.writeStringField(entry.getKey().wireName(), entry.getValue());
        }
        to.writeEndObject();
    }

    private static void writeCustom(JsonGenerator to, Set<Map.Entry<String, Object>> custom) throws IOException {
        if (custom.isEmpty()) {
            return;
        }
        to.writeObjectFieldStart("custom_properties");
        for (Map.Entry<String, Object> entry : custom) {
            to.writeFieldName(entry.getKey());
            writeValue(to, entry.getValue());
        }
        to.writeEndObject();
    }

    private static void writeValue(JsonGenerator to, Object value) throws IOException {
        if (value instanceof Boolean bool) {
            to.writeBoolean(bool);
        } else if (value instanceof Integer number) {
            to.writeNumber(number);
        } else if (value instanceof Long number) {
            to.writeNumber(number);
        } else if (value instanceof Double number) {
            to.writeNumber(number);
        } else {
            to.writeString(value.toString());
        }
    }
}
