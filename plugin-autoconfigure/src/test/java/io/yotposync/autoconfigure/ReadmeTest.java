package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.ConfigurationTables.Property;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.SendingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.convert.DurationStyle;

/** What is written for people agrees with what runs. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- configuration: made from the metadata -->";
    private static final String END = "<!-- end of configuration -->";

    @Test
    void theTablesOfPropertiesAreThoseOfTheMetadata() throws IOException {
        assumeMetadataOfTheRelease();
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(
                    README, readme.substring(0, begin) + ConfigurationTables.markdown() + readme.substring(end));
            return;
        }

        assertThat(readme.substring(begin, end))
                .as("run this test with -Dreadme.write=true to write them anew")
                .isEqualTo(ConfigurationTables.markdown());
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

    @Test
    void theSnippetsOfJavaCompile() throws IOException {
        String compiled =
                withoutSpace(Files.readString(Path.of("src/test/java/io/yotposync/autoconfigure/ReadmeSnippets.java")));
        Matcher snippets = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));

        int found = 0;
        while (snippets.find()) {
            assertThat(compiled).contains(withoutSpace(snippets.group(1)));
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(2);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
