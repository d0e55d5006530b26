package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.test.sandbox.Counter;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.Faults.Refusal;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * One customer whose values cannot be mistaken goes every way there is, while everything is logged. Wherever one of the
 * values shows that the documentation does not name, this fails.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:canary",
            "sample.sandbox.visibility-delay=0s",
            "yotpo.sync.defaults.attributes.loyaltyTier=tags",
            "yotpo.sync.read-back.visible-after=0s"
        })
class PrivacyCanaryIT {

    private static final int PORT = FreePort.find();
    private static final String STORE = "sandbox-default";

    /** As the shopper types them; looked for without regard to case and spaces. Bare digits stand in any long log. */
    private static final List<String> VALUES = List.of(
            "kanarienvogel@example.com",
            "Zyxwvuta",
            "Qponmlkb",
            "+49 30 90182097",
            "Piepmatzweg 4711",
            "Zwitscherstadt",
            "ZW 98979 VG",
            "goldfederstufe");

    private static final List<String> TRACED = List.of(
            "io.yotposync",
            "org.springframework.jdbc",
            "org.springframework.transaction",
            "org.springframework.boot.actuate",
            "org.springframework.core",
            "dev.failsafe");

    private static final List<String> ACTIONS = List.of(
            "retry", "resend", "read-back", "reveal", "start-backfill", "proceed", "dry-run", "pause", "resume");

    /** What the scripts that operators read say of a column that may hold personal data. */
    private static final Pattern NAMED = Pattern.compile("^ +(\\w+) .*-- personal data", Pattern.MULTILINE);

    private static final Set<String> NAMED_COLUMNS = namedColumns();

    private final SampleClient shop = new SampleClient(PORT);
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Recorder recorder = new Recorder();

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private static Set<String> namedColumns() {
        try (var script =
                Objects.requireNonNull(PrivacyCanaryIT.class.getResourceAsStream("/db/yotpo/h2/schema.sql"))) {
            String tables = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return NAMED.matcher(tables)
                    .results()
                    .map(column -> "yotpo_customer_sync." + column.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        TRACED.forEach(name -> registry.add("logging.level." + name, () -> "trace"));
    }

    @BeforeEach
    void record() {
        recorder.start();
        root().addAppender(recorder);
    }

    @AfterEach
    void stopRecording() {
        root().detachAppender(recorder);
    }

    /** They are this process's, and would have every later test write its logs to the full too. */
    @AfterAll
    static void logAsBefore(@Autowired LoggingSystem logging) {
        TRACED.forEach(name -> logging.setLogLevel(name, null));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void noValueShowsWhereItIsNotDocumented() {
        String delivered = shop.register("", canary(Map.of()));
        awaitState(delivered, "delivered");
        String refused = refusedQuotingItsValues();
        assertThat(columnsWithFindings())
                .as("what may have to be sent is there to be found")
                .isEqualTo(NAMED_COLUMNS);
        String outage = answeredWithAnEchoBeforeItWasTaken();
        String salvaged = takenWithoutTheLastName();
        String broken = shop.register("", canary(Map.of("attributes", Map.of("breakTheCustomizer", "yes"))));

        assertThat(logged).as("something was logged of each").anyMatch(line -> line.contains(broken));
        assertThat(findings(String.join("\n", logged))).as("in the log").isEmpty();
        for (String id : List.of(delivered, refused, outage, salvaged, broken)) {
            assertThat(findings(answer("/customer/" + id))).as("explained").isEmpty();
        }
        for (String view :
                List.of("", "/activity", "/refused", "/audit", "/support", "/customer/1?store=none", "/odd")) {
            assertThat(findings(answer(view))).as("view " + view).isEmpty();
        }
        for (String id : List.of(delivered, salvaged)) {
            String preview = answer("/preview/" + id + "?store=default");
            assertThat(preview).contains("***");
            assertThat(findings(preview)).as("previewed").isEmpty();
        }
        assertThat(findings(readBack(delivered))).as("read back").isEmpty();
        for (String action : ACTIONS) {
            String said = shop.send(
                            "POST",
                            "/actuator/yotposync/" + action,
                            Map.of("store", "default", "customer", refused, "job", "backfill", "reason", "on request"))
                    .response()
                    .body();
            assertThat(findings(said)).as(action).isEmpty();
        }
        String erased = shop.send(
                        "POST", "/actuator/yotposync/erase", Map.of("customer", delivered, "reason", "asked to"))
                .response()
                .body();
        assertThat(erased).contains("DISABLING");
        assertThat(findings(erased)).as("erased").isEmpty();
        awaitBackfill();
        assertThat(findings(shop.get("/actuator/health/yotpo-sync").response().body()
                        + shop.get("/actuator/health").response().body()
                        + shop.get("/actuator/yotposyncconsole").response().body()))
                .as("health and console")
                .isEmpty();
        assertThat(findings(meters.getMeters().stream()
                        .map(meter -> meter.getId().toString())
                        .toList()
                        .toString()))
                .as("metrics")
                .isEmpty();
        assertThat(columnsWithFindings()).as("columns").isSubsetOf(NAMED_COLUMNS);
        assertThat(findings(String.join("\n", logged)))
                .as("in the log, at the end")
                .isEmpty();
    }

    @Test
    void whatIsAcknowledgedLeavesNothingInTheDatabase() {
        String id = shop.register("", canary(Map.of()));
        awaitState(id, "delivered");

        assertThat(jdbc.queryForList(
                        "SELECT payload FROM yotpo_customer_sync WHERE customer_id = ? AND payload IS NOT NULL", id))
                .isEmpty();
    }

    /** Yotpo is asked, and answers with all that it has. */
    private String readBack(String id) {
        long before = sandbox.count(STORE, Counter.LOOKUPS);
        String said = shop.send("POST", "/actuator/yotposync/read-back", Map.of("store", "default", "customer", id))
                .response()
                .body();
        assertThat(sandbox.count(STORE, Counter.LOOKUPS)).as("asked of Yotpo").isGreaterThan(before);
        assertThat(said).contains("EQUAL");
        return said;
    }

    private String refusedQuotingItsValues() {
        String id = shop.register("", canary(Map.of("firstName", "A")));
        awaitState(id, "delivered");
        sandbox.faults(
                STORE,
                new Faults(
                        null,
                        0,
                        0,
                        Map.of(
                                id,
                                new Refusal(
                                        409,
                                        "the e-mail " + VALUES.get(0) + " of '" + VALUES.get(1) + " " + VALUES.get(2)
                                                + "', phone " + VALUES.get(3) + ", is taken"))));
        shop.edit("", id, canary(Map.of()));
        awaitState(id, "refused");
        return id;
    }

    private String answeredWithAnEchoBeforeItWasTaken() {
        String echo = "{\"errors\":[{\"message\":\"" + String.join(" ", VALUES) + "\"}]}";
        long before = sandbox.count(STORE, Counter.REQUESTS);
        sandbox.faults(STORE, Faults.NONE.withNext(new Failing(3, 503, "PATCH", Map.of(), echo, 0)));
        String id = shop.register("", canary(Map.of("lastName", "B")));
        await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.count(STORE, Counter.REQUESTS) > before);
        awaitState(id, "delivered");
        return id;
    }

    /** Refused for one optional field, and taken without it. */
    private String takenWithoutTheLastName() {
        String echo = "{\"errors\":[{\"message\":\"last_name: " + VALUES.get(2) + " of " + VALUES.get(0)
                + " is not allowed\"}]}";
        long before = sandbox.count(STORE, Counter.REQUESTS);
        sandbox.faults(STORE, Faults.NONE.withNext(new Failing(1, 422, "PATCH", Map.of(), echo, 0)));
        String id = shop.register("", canary(Map.of("email", "salvaged-" + VALUES.get(0))));
        awaitState(id, "delivered");
        assertThat(sandbox.count(STORE, Counter.REQUESTS) - before)
                .as("once with it, once without")
                .isGreaterThanOrEqualTo(2);
        assertThat(jdbc.queryForObject("SELECT note FROM yotpo_customer_sync WHERE customer_id = ?", String.class, id))
                .startsWith("without last_name");
        return id;
    }

    /** All customers were read and looked at once more. */
    private void awaitBackfill() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(shop.get("/actuator/yotposync")
                                .body()
                                .at("/stores/0/backfill/state")
                                .asText())
                        .isEqualTo("DONE"));
    }

    private static Map<String, Object> canary(Map<String, Object> changes) {
        return Forms.with(
                Map.of(
                        "email", VALUES.get(0),
                        "firstName", VALUES.get(1),
                        "lastName", VALUES.get(2),
                        "phone", VALUES.get(3),
                        "receiveEmail", true,
                        "address",
                                Map.of(
                                        "line1", VALUES.get(4),
                                        "city", VALUES.get(5),
                                        "postalCode", VALUES.get(6),
                                        "country", "DE"),
                        "attributes", Map.of("loyaltyTier", VALUES.get(7))),
                changes);
    }

    private void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo(state));
    }

    private String answer(String path) {
        return shop.get("/actuator/yotposync" + path).response().body();
    }

    private Set<String> columnsWithFindings() {
        Set<String> found = new TreeSet<>();
        List<String> tables = jdbc.queryForList(
                "SELECT table_name FROM information_schema.tables WHERE LOWER(table_name) LIKE 'yotpo%'", String.class);
        assertThat(tables).hasSizeGreaterThanOrEqualTo(2);
        for (String table : tables) {
            for (Map<String, Object> row : jdbc.queryForList("SELECT * FROM " + table)) {
                row.forEach((column, value) -> {
                    if (!findings(String.valueOf(value)).isEmpty()) {
                        found.add((table + "." + column).toLowerCase(Locale.ROOT));
                    }
                });
            }
        }
        return found;
    }

    /** Which values stand in a text, with some of what is around them. */
    private static List<String> findings(String text) {
        String plain = plain(text);
        List<String> found = new ArrayList<>();
        for (String value : VALUES) {
            int at = plain.indexOf(plain(value));
            if (at >= 0) {
                found.add(value + " in: " + plain.substring(Math.max(0, at - 300), Math.min(plain.length(), at + 100)));
            }
        }
        return found;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /** Keeps message, arguments, exceptions with their causes, and what is written beside them. */
    private final class Recorder extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getLoggerName() + " " + event.getFormattedMessage()
                    + Arrays.toString(event.getArgumentArray()) + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    }

    /** A customizer as a merchant might write it: it fails and says of whom. */
    @TestConfiguration(proxyBeanMethods = false)
    static class CarelessHost {

        @Bean
        CustomerPayloadCustomizer careless() {
            return (payload, customer, store) -> {
                if (customer.attributes().containsKey("breakTheCustomizer")) {
                    throw new IllegalStateException(customer.email() + " " + customer.firstName());
                }
            };
        }
    }
}
