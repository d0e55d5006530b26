package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.properties.ConfigurationTables;
import io.yotposync.autoconfigure.properties.ConfigurationTables.Property;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.SendingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.convert.DurationStyle;

/** What is written for people agrees with what runs. */
class ReadmeTest {

    private static final String BEGIN = "<!-- configuration: made from the metadata -->";
    private static final String END = "<!-- end of configuration -->";

    /** In the order in which a shop's engineer asks. */
    private static final List<String> FEW = List.of(
            "yotpo.sync.enabled",
            "yotpo.sync.defaults.enabled",
            "yotpo.sync.defaults.site",
            "yotpo.sync.defaults.identifier.external-id",
            "yotpo.sync.defaults.consent.email",
            "yotpo.sync.defaults.default-currency",
            "yotpo.sync.defaults.default-language",
            "yotpo.sync.defaults.attributes",
            "yotpo.sync.outbox.type",
            "yotpo.sync.outbox.capture",
            "yotpo.sync.outbox.jdbc.initialize-schema",
            "yotpo.sync.backfill.on-start",
            "yotpo.sync.console.enabled");

    @Test
    void theTablesOfPropertiesAreThoseOfTheMetadata() throws IOException {
        assumeMetadataOfTheRelease();
        assertGenerated(Documents.README, ConfigurationTables.few(FEW));
        assertGenerated(Documents.CONFIGURATION, ConfigurationTables.all());
    }

    private static void assertGenerated(Path document, String made) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(document, text.substring(0, begin) + made + text.substring(end));
            return;
        }

        assertThat(text.substring(begin, end))
                .as("run this test with -Dreadme.write=true to write them anew")
                .isEqualTo(made);
    }

    @Test
    void everyPropertyIsDescribedForTheIde() {
        assumeMetadataOfTheRelease();
        assertThat(ConfigurationTables.properties())
                .hasSizeGreaterThan(30)
                .allSatisfy(property -> assertThat(property.description())
                        .as(property.name())
                        .isNotBlank()
                        .endsWith("."));
    }

    @Test
    void theDefaultsThatAreShownAreTheCoresOwn() {
        SendingSettings sending = SendingSettings.DEFAULTS;

        assertThat(shown("base-url")).isEqualTo(sending.baseUrl().toString());
        assertThat(Double.valueOf(shown("rate-limit"))).isEqualTo(sending.rateLimit());
        assertThat(Integer.valueOf(shown("max-in-flight"))).isEqualTo(sending.maxInFlight());
        assertThat(Map.of(
                        "connect-timeout", sending.connectTimeout(),
                        "request-timeout", sending.requestTimeout(),
                        "settle", sending.settle(),
                        "retry-delay", sending.retryDelay(),
                        "max-retry-delay", sending.maxRetryDelay(),
                        "lease", sending.lease()))
                .allSatisfy((name, value) -> assertThat(DurationStyle.detectAndParse(shown(name)))
                        .as(name)
                        .isEqualTo(value));
        assertThat(shown("identifier.external-id")).isEqualTo(IdentifierSettings.DEFAULTS.externalId());
        assertThat(shown("identifier.prefer"))
                .isEqualTo(IdentifierSettings.DEFAULTS.prefer().name().toLowerCase(Locale.ROOT));
        assertThat(shown("mapping-version")).isEqualTo(MappingSettings.DEFAULTS.version());
    }

    /** The metadata that is shipped is made on the default line; older processors do not read records' descriptions. */
    private static void assumeMetadataOfTheRelease() {
        assumeTrue(
                SpringBootVersion.getVersion().startsWith("3.5."),
                "the metadata is that of another line of Spring Boot");
    }

    private static String shown(String setting) {
        return ConfigurationTables.properties().stream()
                .filter(property ->
                        property.isOfAStore() && property.nameInAStore().equals(setting))
                .map(Property::defaultValue)
                .findFirst()
                .orElseThrow();
    }
}
