package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

    /** The longest message; longer than all tags of a customer, for a value that is cut is not found to be hidden. */
    private static final int LONGEST = 6_000;

    /** The longest name of a field; what is longer is no path, and would be searched for each value that was sent. */
    private static final int LONGEST_NAME = 100;

    private static final int DEEPEST = 10;
    private static final List<String> SAYING = List.of("errors", "error", "message", "detail", "description");
    private static final List<String> NAMING = List.of("field", "param", "attribute", "path", "pointer");

    static ErrorBody parse(String body, Sent sent) {
        String said = String.join("; ", messages(body));
        return new ErrorBody(Redaction.of(said, sent), FieldNames.only(said));
    }

    private static List<String> messages(String body) {
        List<String> found = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(body);
            if (root instanceof ObjectNode said) {
                said.remove(Bodies.CUSTOMER); // an echo is no reason
            }
            if (root != null && root.isContainerNode()) {
                take(root, "", DEEPEST, found);
            }
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
        return found;
    }

    /**
     * @param field what it is said about, as far as is known
     * @param left how much deeper to look
     */
    private static void take(JsonNode node, String field, int left, List<String> found) {
        if (left == 0 || found.size() == MAX_MESSAGES) {
            return;
        }
        if (node.isTextual()) {
            String text = node.asText();
            found.add(about(field, text.substring(0, Math.min(LONGEST, text.length()))));
        } else if (node.isArray()) {
            node.forEach(each -> take(each, field, left - 1, found));
        } else if (node.isObject()) {
            String named = named(node, field);
            boolean says = SAYING.stream().anyMatch(node::has);
            SAYING.forEach(name -> take(node.path(name), named, left - 1, found));
            // As Rails writes them: {"errors":{"first_name":["is too long"]}}.
            node.fieldNames().forEachRemaining(name -> {
                if (FieldNames.isPath(name) && !isEcho(node.path(name), name, field, says)) {
                    take(node.path(name), field.isEmpty() ? name : field + "." + name, left - 1, found);
                }
            });
        }
    }

    /**
     * Whether it is a customer's value, which may be another shopper's, instead of something that is said about one.
     *
     * @param beside whether there is a message beside it
     */
    private static boolean isEcho(JsonNode node, String name, String within, boolean beside) {
        boolean ofACustomer = !within.isEmpty();
        boolean values =
                name.equals(CustomerProperty.TAGS.wireName()) || name.equals(Bodies.CUSTOM) || node.isTextual();
        return (beside && name.equals(Bodies.CUSTOMER)) || (ofACustomer && values);
    }

    private static String named(JsonNode node, String otherwise) {
        return NAMING.stream()
                .flatMap(name -> Stream.of(node.path(name), node.path("source").path(name)))
                .map(JsonNode::asText)
                .filter(name -> name.length() <= LONGEST_NAME && FieldNames.only(name) != null)
                .findFirst()
                .orElse(otherwise);
    }

    private static String about(String field, String message) {
        String only = FieldNames.only(field);
        return field.isEmpty() || (only != null && only.equals(FieldNames.only(message)))
                ? message
                : field + " " + message;
    }
}
