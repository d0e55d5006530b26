package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an error answer says: {@code {"errors":[{"message":"…"}]}} as elsewhere in Yotpo's v3, or a near relative of it.
 * HTML and other nonsense say nothing.
 *
 * @param message redacted, empty if nothing was said
 * @param field the wire name of the one property that the message names, or {@code null}
 */
record ErrorBody(String message, @Nullable String field) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_MESSAGES = 3;

    static ErrorBody parse(String body, Sent sent) {
        String said = String.join("; ", messages(body));
        return new ErrorBody(Redaction.of(said, sent), FieldNames.only(said));
    }

    private static List<String> messages(String body) {
        List<String> found = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(body);
            if (root != null && root.isObject()) {
                collect(root, found);
            } else if (root != null && root.isArray()) {
                root.forEach(each -> take(each, found));
            }
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
        return found.stream().limit(MAX_MESSAGES).toList();
    }

    private static void collect(JsonNode node, List<String> found) {
        for (String name : List.of("errors", "error", "message", "detail", "description")) {
            JsonNode child = node.get(name);
            if (child != null && child.isArray()) {
                child.forEach(each -> take(each, found));
            } else if (child != null) {
                take(child, found);
            }
        }
        node.fieldNames().forEachRemaining(name -> {
            JsonNode said = node.get(name);
            if (said != null && FieldNames.isKnown(name)) {
                byField(name, said, found);
            }
        });
    }

    private static void take(JsonNode node, List<String> found) {
        if (node.isTextual()) {
            found.add(node.asText());
        } else if (node.isObject()) {
            collect(node, found);
        }
    }

    /** As Rails writes them: {@code {"errors":{"first_name":["is too long"]}}}. */
    private static void byField(String field, JsonNode said, List<String> found) {
        if (said.isTextual()) {
            found.add(field + " " + said.asText());
        } else if (said.isArray()) {
            said.forEach(each -> byField(field, each, found));
        }
    }
}
