package io.yotposync.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.CustomerProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A payload that can be shown: only what says nothing about a person is left readable. Thread-safe. */
final class PayloadMask {

    private static final Set<String> READABLE = Set.of(
            CustomerProperty.ACCOUNT_STATUS.wireName(),
            CustomerProperty.DEFAULT_LANGUAGE.wireName(),
            CustomerProperty.DEFAULT_CURRENCY.wireName(),
            AddressProperty.COUNTRY_CODE.wireName(),
            CustomerProperty.ACCEPTS_EMAIL_MARKETING.wireName(),
            CustomerProperty.ACCEPTS_SMS_MARKETING.wireName());

    private final ObjectMapper json = new ObjectMapper();

    /** @param id the host's id of the customer; another identifier may well be an e-mail address */
    String mask(String payload, String id) {
        try {
            JsonNode body = json.readTree(payload);
            mask(body, id);
            return body.toString();
        } catch (JsonProcessingException impossible) {
            return "{}";
        }
    }

    private static boolean isId(String name, JsonNode value, String id) {
        return name.equals(CustomerProperty.EXTERNAL_ID.wireName())
                && value.asText().equals(id);
    }

    private static void mask(JsonNode node, String id) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (object.path(name).isObject()) {
                    mask(object.path(name), id);
                } else if (!READABLE.contains(name) && !isId(name, object.path(name), id)) {
                    object.put(name, "***");
                }
            }
        }
    }
}
