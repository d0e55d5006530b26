package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.yotposync.autoconfigure.Documents.Block;
import io.yotposync.autoconfigure.properties.ConfigurationTables;
import io.yotposync.autoconfigure.properties.ScanProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Whatever can be tried of the README and the documents is tried; calls of the endpoint are, in the sample. */
class DocumentationTest {

    /** Languages that some test looks at, and diagrams. */
    private static final Set<String> KNOWN = Set.of("java", "properties", "sql", "xml", "sh", "text", "mermaid");

    /** Compiled, and run where they can be. */
    private static final List<Path> SOURCES = List.of(
            Path.of("src/test/java/io/yotposync/autoconfigure/ReadmeSnippets.java"),
            Path.of("src/test/java/shop/CustomerService.java"),
            Path.of("src/test/java/shop/Customers.java"),
            Path.of("../plugin-core/test-kit/src/test/java/io/yotposync/test/WithoutSpringIT.java"),
            Path.of("../plugin-sample-app/src/test/java/io/yotposync/sample/GuardedEndpoint.java"),
            Path.of("../plugin-sample-app/src/test/java/io/yotposync/sample/shop/WithTheTestKitIT.java"));

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    static Stream<Block> java() {
        return Documents.blocks("java").stream();
    }

    static Stream<Block> properties() {
        return Documents.blocks("properties").stream();
    }

    static Stream<Block> sql() {
        return Documents.blocks("sql").stream();
    }

    @ParameterizedTest
    @MethodSource("java")
    void everyPieceOfJavaCompiles(Block block) {
        String wanted = withoutSpace(block.text());

        assertThat(SOURCES.stream().map(Documents::read).map(DocumentationTest::withoutSpace))
                .as("copy it into one of %s", SOURCES)
                .anyMatch(source -> source.contains(wanted));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyPropertyIsOneAndItsValueIsTaken(Block block) throws IOException {
        Properties shown = new Properties();
        shown.load(new StringReader(block.text()));
        Map<String, Object> values = new HashMap<>();
        assertThat(shown).isNotEmpty();
        shown.forEach((name, value) -> {
            String key = String.valueOf(name);
            if (key.startsWith("yotpo.sync.")) {
                assertThat(ConfigurationTables.property(key)).as(key).isPresent();
                values.put(key, String.valueOf(value).replace("…", key.replaceAll("[^a-z]", "")));
            } else {
                assertThat(key).startsWith("management.");
            }
            assertThat(String.valueOf(value)).as("the value of " + key).doesNotContain("#");
        });
        for (String name : shown.stringPropertyNames()) {
            if (name.startsWith("yotpo.sync.stores.")) {
                String store = name.substring(0, name.indexOf('.', "yotpo.sync.stores.".length()));
                values.putIfAbsent(store + ".app-key", "app-key");
                values.putIfAbsent(store + ".secret", "secret");
            }
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("shown", values));

        assertThatCode(() -> SyncSettings.from(environment)).doesNotThrowAnyException();
        assertThatCode(() -> ScanProperties.bind(environment)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("sql")
    void everyStatementRunsOnTheShippedTables(Block block) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/yotpo/h2/schema.sql"));
            statement.execute("CREATE ROLE shop");
            statement.execute("CREATE TABLE BLC_CUSTOMER (CUSTOMER_ID BIGINT PRIMARY KEY, DATE_CREATED TIMESTAMP,"
                    + " DATE_UPDATED TIMESTAMP)");
            statement.execute("CREATE TABLE BLC_CUSTOMER_ATTRIBUTE (CUSTOMER_ID BIGINT)");
            for (String each : block.text().split(";", -1)) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Documents.links()).hasSizeGreaterThan(10).allSatisfy(link -> {
            String[] parts = link.target().split("#", 2);
            Path target = parts[0].isEmpty()
                    ? link.document()
                    : link.document().resolveSibling(parts[0]).normalize();
            assertThat(target).as(link.toString()).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link.toString()).contains(parts[1]);
            }
        });
    }

    private static List<String> anchors(Path document) {
        return HEADING.matcher(Documents.read(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void everyBlockIsOfALanguageThatSomeTestLooksAt() {
        assertThat(Documents.blocks().toList())
                .allSatisfy(block -> assertThat(KNOWN).as(block.toString()).contains(block.language()));
    }

    @Test
    void theDependencyIsOfThisVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");

        assertThat(Documents.blocks("xml"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.text())
                        .contains("<groupId>io.yotposync</groupId>", "<version>" + version + "</version>"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> files;
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            files = all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        assertThat(Documents.all().stream()
                        .flatMap(document ->
                                TEST.matcher(Documents.read(document)).results()))
                .hasSizeGreaterThan(5)
                .allSatisfy(named -> assertThat(files).contains(named.group(1) + ".java"));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
