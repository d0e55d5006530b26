package io.yotposync.autoconfigure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The README's tables of properties, made from the metadata that an IDE shows. */
final class ConfigurationTables {

    private static final String DEFAULTS = "yotpo.sync.defaults.";
    private static final Set<String> ONLY_OF_A_STORE = Set.of("app-key", "secret", "site");

    private ConfigurationTables() {}

    record Property(String name, String type, String defaultValue, String description) {

        boolean isOfAStore() {
            return name.startsWith(DEFAULTS);
        }

        String nameInAStore() {
            return name.substring(DEFAULTS.length());
        }

        boolean hasNoCommonDefault() {
            return ONLY_OF_A_STORE.contains(nameInAStore());
        }
    }

    static List<Property> properties() {
        List<Property> found = new ArrayList<>();
        for (JsonNode node : metadata().path("properties")) {
            found.add(new Property(
                    node.path("name").asText(),
                    node.path("type").asText(),
                    defaultValue(node.path("defaultValue")),
                    node.path("description").asText("")));
        }
        // Boot adds its own settings of an endpoint, others on each line.
        found.removeIf(property -> !property.name().startsWith("yotpo.sync"));
        found.sort(Comparator.comparing(Property::name));
        return found;
    }

    /** Several as they are written in a file of properties. */
    private static String defaultValue(JsonNode node) {
        List<String> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asText()));
        return node.isArray() ? String.join(",", values) : node.asText("");
    }

    static JsonNode metadata() {
        try (var in = Objects.requireNonNull(
                YotpoSyncProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("\nFor each store, at `yotpo.sync.stores.<key>.…`, or for all at `yotpo.sync.defaults.…`:\n\n");
        text.append("| property | default | |\n|---|---|---|\n");
        properties().stream()
                .filter(Property::isOfAStore)
                .forEach(property ->
                        row(text, property.nameInAStore() + (property.hasNoCommonDefault() ? " ¹" : ""), property));
        text.append("\n¹ of a store alone, not for all.\n\nFor the plugin as a whole:\n\n");
        text.append("| property | default | |\n|---|---|---|\n");
        properties().stream()
                .filter(property -> !property.isOfAStore() && !property.name().equals("yotpo.sync.stores"))
                .forEach(property -> row(text, property.name(), property));
        return text.append('\n').toString();
    }

    private static void row(StringBuilder text, String name, Property property) {
        String shown = name.endsWith(" ¹") ? "`" + name.substring(0, name.length() - 2) + "` ¹" : "`" + name + "`";
        String value = property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
        text.append("| ").append(shown).append(" | ").append(value).append(" | ");
        text.append(property.description().replace("|", "\\|")).append(" |\n");
    }
}
