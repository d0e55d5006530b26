package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.properties.ConfigurationTables.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

/** What an IDE proposes. A switch or an enumeration it knows by its type; for the rest there is a hint. */
class MetadataHintsTest {

    /** Only the merchant knows what to write there. */
    private static final Set<String> THE_MERCHANTS_OWN = Set.of(
            "yotpo.sync.defaults.app-key",
            "yotpo.sync.defaults.secret",
            "yotpo.sync.defaults.consent.sms",
            "yotpo.sync.console.reveal-authority",
            "yotpo.sync.outbox.jdbc.schema",
            "yotpo.sync.source.schema",
            "yotpo.sync.safety.only-customers",
            "yotpo.sync.safety.only-email-domains",
            "yotpo.sync.safety.production-app-keys",
            "yotpo.sync.stores");

    private static final Map<String, JsonNode> HINTS = hints();

    private static Map<String, JsonNode> hints() {
        Map<String, JsonNode> hints = new HashMap<>();
        for (JsonNode hint : ConfigurationTables.metadata().path("hints")) {
            hints.put(hint.path("name").asText(), hint);
        }
        return hints;
    }

    static Stream<Property> properties() {
        return ConfigurationTables.properties().stream()
                .filter(property -> !THE_MERCHANTS_OWN.contains(property.name()));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyPropertyProposesItsValues(Property property) throws ClassNotFoundException {
        if (property.type().equals("java.lang.Boolean") || isEnum(property)) {
            return;
        }
        assertThat(HINTS)
                .as("hint for %s", property.name())
                .containsAnyOf(
                        Map.entry(property.name(), hint(property.name())),
                        Map.entry(property.name() + ".values", hint(property.name() + ".values")));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void theDefaultIsAmongWhatIsProposed(Property property) {
        List<String> values = new ArrayList<>();
        hint(property.name())
                .path("values")
                .forEach(value -> values.add(value.path("value").asText()));
        if (values.isEmpty() || property.defaultValue().isEmpty()) {
            return;
        }
        assertThat(values).as(property.name()).contains(property.defaultValue().split(","));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void whatIsProposedForADurationIsOne(Property property) {
        if (property.type().equals("java.time.Duration")) {
            hint(property.name())
                    .path("values")
                    .forEach(value -> assertThat(DurationStyle.detectAndParse(
                                    value.path("value").asText()))
                            .as(property.name())
                            .isNotNull());
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void whatIsProposedCanBeSetOnItsOwn(Property property) {
        hint(property.name())
                .path("values")
                .forEach(value -> Hosts.withOneStore()
                        .withPropertyValues(
                                property.name() + "=" + value.path("value").asText())
                        .run(context -> assertThat(context).hasNotFailed()));
    }

    @Test
    void noHintIsForAPropertyThatIsNotThere() {
        Set<String> orphans = new TreeSet<>(HINTS.keySet());
        ConfigurationTables.properties().forEach(property -> {
            orphans.remove(property.name());
            orphans.remove(property.name() + ".values");
        });
        orphans.removeIf(name -> !name.startsWith(YotpoSyncProperties.PREFIX));

        assertThat(orphans).isEmpty();
    }

    @Test
    void beansAndProfilesAreProposedByTheirKind() {
        assertThat(provider("yotpo.sync.outbox.jdbc.data-source")).isEqualTo("spring-bean-reference");
        assertThat(provider("yotpo.sync.source.data-source")).isEqualTo("spring-bean-reference");
        assertThat(provider("yotpo.sync.source.transaction-manager")).isEqualTo("spring-bean-reference");
        assertThat(provider("yotpo.sync.safety.production-profiles")).isEqualTo("spring-profile-name");
    }

    private static String provider(String property) {
        return hint(property).path("providers").path(0).path("name").asText();
    }

    private static JsonNode hint(String name) {
        JsonNode found = HINTS.get(name);
        return found == null ? MissingNode.getInstance() : found;
    }

    private static boolean isEnum(Property property) throws ClassNotFoundException {
        String type = property.type();
        return type.startsWith("io.yotposync.") && Class.forName(type).isEnum();
    }
}
