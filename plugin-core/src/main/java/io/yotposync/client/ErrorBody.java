package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.CustomerProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an error answer says: {@code {"errors":[{"message":"…"}]}} as elsewhere in Yotpo's v3, or a near relative of it.
 * HTML and other nonsense say nothing.
 *
 * @param message redacted, empty if nothing was said
 * @param field the wire name of the property that the message names, or {@code null}
 */
record ErrorBody(String message, @Nullable String field) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_MESSAGES = 3;

    private static final List<String> FIELDS = Stream.concat(
                    Arrays.stream(CustomerProperty.values()).map(CustomerProperty::wireName),
                    Stream.concat(
                            Stream.of("custom_properties", "address"),
                            Arrays.stream(AddressProperty.values()).map(AddressProperty::wireName)))
            .distinct()
            .toList();

    static ErrorBody parse(String body, String sent) {
        String said = String.join("; ", messages(body));
        return new ErrorBody(Redaction.of(said, sent), field(said));
    }

    private static List<String> messages(String body) {
        List<String> found = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(body);
            if (root != null && root.isObject()) {
                collect(root, found);
            }
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
        return found.stream().limit(MAX_MESSAGES).toList();
    }

    private static void collect(JsonNode node, List<String> found) {
        for (String name : List.of("errors", "error", "message", "detail", "description")) {
            JsonNode child = node.get(name);
            if (child == null) {
                continue;
            }
            if (child.isTextual()) {
                found.add(child.asText());
            } else if (child.isObject()) {
                collect(child, found);
            } else if (child.isArray()) {
                child.forEach(each -> {
                    if (each.isTextual()) {
                        found.add(each.asText());
                    } else if (each.isObject()) {
                        collect(each, found);
                    }
                });
            }
        }
    }

    /** The first property whose name stands in the message as a word of its own. */
    private static @Nullable String field(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        String first = null;
        int at = Integer.MAX_VALUE;
        for (String field : FIELDS) {
            int found = indexOfWord(text, field);
            if (found >= 0 && found < at) {
                first = field;
                at = found;
            }
        }
        return first;
    }

    private static int indexOfWord(String text, String word) {
        for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
            boolean starts = i == 0 || !isWordPart(text.charAt(i - 1));
            int end = i + word.length();
            if (starts && (end == text.length() || !isWordPart(text.charAt(end)))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
