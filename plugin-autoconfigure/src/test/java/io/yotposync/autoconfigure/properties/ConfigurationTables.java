package io.yotposync.autoconfigure.properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The documentation's tables of properties, made from the metadata that an IDE shows. */
public final class ConfigurationTables {

    private static final String DEFAULTS = "yotpo.sync.defaults.";

    private ConfigurationTables() {}

    public record Property(String name, String type, String defaultValue, String description) {

        public boolean isOfAStore() {
            return name.startsWith(DEFAULTS);
        }

        public String nameInAStore() {
            return name.substring(DEFAULTS.length());
        }
    }

    public static List<Property> properties() {
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

    public static JsonNode metadata() {
        try (var in = Objects.requireNonNull(
                YotpoSyncProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Everything, for docs/configuration.md. */
    public static String all() {
        StringBuilder text = new StringBuilder("\n## For each store\n\n");
        text.append("At `yotpo.sync.stores.<key>.…`, or for all stores at `yotpo.sync.defaults.…`.\n\n");
        text.append("| property | type | default | |\n|---|---|---|---|\n");
        properties().stream()
                .filter(Property::isOfAStore)
                .forEach(property -> row(text, property.nameInAStore(), property));
        text.append("\n## For the plugin as a whole\n\n");
        text.append("| property | type | default | |\n|---|---|---|---|\n");
        properties().stream()
                .filter(property -> !property.isOfAStore() && !property.name().equals("yotpo.sync.stores"))
                .forEach(property -> row(text, property.name(), property));
        return text.append('\n').toString();
    }

    /** The few that most shops look at, for the README. */
    public static String few(List<String> names) {
        StringBuilder text = new StringBuilder("\n| property | default | |\n|---|---|---|\n");
        for (String name : names) {
            Property property = property(name).orElseThrow(() -> new IllegalArgumentException("no property " + name));
            text.append("| `").append(shown(name)).append("` | ");
            text.append(value(property)).append(" | ");
            text.append(property.description().replace("|", "\\|")).append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String shown(String name) {
        return name.startsWith(DEFAULTS) ? "…" + name.substring(DEFAULTS.length()) : name;
    }

    /** A property by the name that a host gives it, of a store or for all. */
    public static Optional<Property> property(String name) {
        String ofAll = name.replaceFirst("^yotpo\\.sync\\.stores\\.[^.]+\\.", DEFAULTS);
        return properties().stream()
                .filter(property -> property.name().equals(ofAll)
                        || (property.type().startsWith("java.util.Map") && ofAll.startsWith(property.name() + ".")))
                .findFirst();
    }

    private static void row(StringBuilder text, String name, Property property) {
        text.append("| `").append(name).append("` | ").append(type(property)).append(" | ");
        text.append(value(property)).append(" | ");
        text.append(property.description().replace("|", "\\|")).append(" |\n");
    }

    private static String value(Property property) {
        return property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
    }

    private static String type(Property property) {
        return switch (property.type()) {
            case "java.lang.String" -> "text";
            case "java.lang.Boolean" -> "`true`, `false`";
            case "java.lang.Integer", "java.lang.Long", "java.lang.Double" -> "number";
            case "java.time.Duration" -> "duration";
            default -> {
                if (property.type().startsWith("java.util.Map")) {
                    yield "names and values";
                }
                yield property.type().startsWith("java.util.") ? "list" : constants(property.type());
            }
        };
    }

    private static String constants(String type) {
        try {
            Object[] constants = Objects.requireNonNull(Class.forName(type).getEnumConstants());
            return Arrays.stream(constants)
                    .map(each -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        } catch (ClassNotFoundException odd) {
            return "text";
        }
    }
}
