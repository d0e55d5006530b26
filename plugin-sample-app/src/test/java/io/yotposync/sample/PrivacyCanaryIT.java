package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    private final RecordedLog log = new RecordedLog();

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
        log.begin();
    }

    @AfterEach
    void stopRecording() {
        log.end();
    }

    /** They are this process's, and would have every later test write its logs to the full too. */
    @AfterAll
    static void logAsBefore(@Autowired LoggingSystem logging) {
        TRACED.forEach(name -> logging.setLogLevel(name, null));
    }

    @Test
    void noValueShowsWhereItIsNotDocumented() {
        String delivered = shop.register("", Canary.form(Map.of()));
        awaitState(delivered, "delivered");
        String refused = refusedQuotingItsValues();
        assertThat(columnsWithFindings())
                .as("what may have to be sent is there to be found")
                .isEqualTo(NAMED_COLUMNS);
        String outage = answeredWithAnEchoBeforeItWasTaken();
        String salvaged = takenWithoutTheLastName();
        String broken = shop.register("", Canary.form(Map.of("attributes", Map.of("breakTheCustomizer", "yes"))));

        assertThat(log.lines()).as("something was logged of each").anyMatch(line -> line.contains(broken));
        assertThat(Canary.findings(String.join("\n", log.lines())))
                .as("in the log")
                .isEmpty();
        for (String id : List.of(delivered, refused, outage, salvaged, broken)) {
            assertThat(Canary.findings(answer("/customer/" + id)))
                    .as("explained")
                    .isEmpty();
        }
        for (String view :
                List.of("", "/activity", "/refused", "/audit", "/support", "/customer/1?store=none", "/odd")) {
            assertThat(Canary.findings(answer(view))).as("view " + view).isEmpty();
        }
        for (String id : List.of(delivered, salvaged)) {
            String preview = answer("/preview/" + id + "?store=default");
            assertThat(preview).contains("***");
            assertThat(Canary.findings(preview)).as("previewed").isEmpty();
        }
        assertThat(Canary.findings(readBack(delivered))).as("read back").isEmpty();
        for (String action : ACTIONS) {
            String said = shop.send(
                            "POST",
                            "/actuator/yotposync/" + action,
                            Map.of("store", "default", "customer", refused, "job", "backfill", "reason", "on request"))
                    .response()
                    .body();
            assertThat(Canary.findings(said)).as(action).isEmpty();
        }
        String erased = shop.send(
                        "POST", "/actuator/yotposync/erase", Map.of("customer", delivered, "reason", "asked to"))
                .response()
                .body();
        assertThat(erased).contains("DISABLING");
        assertThat(Canary.findings(erased)).as("erased").isEmpty();
        awaitBackfill();
        assertThat(Canary.findings(shop.get("/actuator/health/yotpo-sync")
                                .response()
                                .body()
                        + shop.get("/actuator/health").response().body()
                        + shop.get("/actuator/yotposyncconsole").response().body()))
                .as("health and console")
                .isEmpty();
        assertThat(Canary.findings(meters.getMeters().stream()
                        .map(meter -> meter.getId().toString())
                        .toList()
                        .toString()))
                .as("metrics")
                .isEmpty();
        assertThat(columnsWithFindings()).as("columns").isSubsetOf(NAMED_COLUMNS);
        assertThat(Canary.findings(String.join("\n", log.lines())))
                .as("in the log, at the end")
                .isEmpty();
    }

    @Test
    void whatIsAcknowledgedLeavesNothingInTheDatabase() {
        String id = shop.register("", Canary.form(Map.of()));
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
        String id = shop.register("", Canary.form(Map.of("firstName", "A")));
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
                                        "the e-mail " + Canary.VALUES.get(0) + " of '" + Canary.VALUES.get(1) + " "
                                                + Canary.VALUES.get(2) + "', phone " + Canary.VALUES.get(3)
                                                + ", is taken"))));
        shop.edit("", id, Canary.form(Map.of()));
        awaitState(id, "refused");
        return id;
    }

    private String answeredWithAnEchoBeforeItWasTaken() {
        String echo = "{\"errors\":[{\"message\":\"" + String.join(" ", Canary.VALUES) + "\"}]}";
        long before = sandbox.count(STORE, Counter.REQUESTS);
        sandbox.faults(STORE, Faults.NONE.withNext(new Failing(3, 503, "PATCH", Map.of(), echo, 0)));
        String id = shop.register("", Canary.form(Map.of("lastName", "B")));
        await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.count(STORE, Counter.REQUESTS) > before);
        awaitState(id, "delivered");
        return id;
    }

    /** Refused for one optional field, and taken without it. */
    private String takenWithoutTheLastName() {
        String echo = "{\"errors\":[{\"message\":\"last_name: " + Canary.VALUES.get(2) + " of " + Canary.VALUES.get(0)
                + " is not allowed\"}]}";
        long before = sandbox.count(STORE, Counter.REQUESTS);
        sandbox.faults(STORE, Faults.NONE.withNext(new Failing(1, 422, "PATCH", Map.of(), echo, 0)));
        String id = shop.register("", Canary.form(Map.of("email", "salvaged-" + Canary.VALUES.get(0))));
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
                    if (!Canary.findings(String.valueOf(value)).isEmpty()) {
                        found.add((table + "." + column).toLowerCase(Locale.ROOT));
                    }
                });
            }
        }
        return found;
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
