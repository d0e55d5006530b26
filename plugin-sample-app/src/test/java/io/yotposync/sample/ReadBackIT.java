package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Outbox;
import io.yotposync.readback.ReadBack;
import io.yotposync.readback.ReadBackReport;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Preview.Decision;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.SandboxRequest;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whether Yotpo has what it acknowledged, what would be sent, and a scan that stops and asks. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:read-back",
            "sample.sandbox.visibility-delay=0s",
            "sample.sandbox.requests-per-second=0",
            "yotpo.sync.defaults.rate-limit=0",
            "yotpo.sync.scan.pause=10ms",
            "yotpo.sync.scan.batch=10",
            "yotpo.sync.tripwire.at-least=5",
            "yotpo.sync.catch-up.interval=1h",
            "yotpo.sync.catch-up.sweep-every=1h",
            "yotpo.sync.read-back.visible-after=0s"
        })
class ReadBackIT {

    private static final int PORT = FreePort.find();
    private static final String SANDBOX = "sandbox-default";

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private ReadBack readBack;

    @Autowired
    private Preview preview;

    @Autowired
    private Backfills backfills;

    @Autowired
    private Stores stores;

    @Autowired
    private Outbox outbox;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    @Test
    void tellsEqualDriftedAndMissingCustomersApartAndSendsThemAgain() {
        String equal = delivered("a@example.com");
        String drifted = delivered("b@example.com");
        sandbox.faults(SANDBOX, new Faults(null, 1, 0, Map.of()));
        String missing = delivered("c@example.com");
        sandbox.faults(SANDBOX, Faults.NONE);
        overwriteInYotpo(drifted, "\"first_name\":\"Z\"");

        List<String> all = List.of(equal, drifted, missing, "0");
        ReadBackReport report = readBack.check(store(), all);

        assertThat(report.customers())
                .extracting(ReadBackReport.Checked::result)
                .containsExactly(Result.EQUAL, Result.DRIFTED, Result.MISSING, Result.NOT_COMPARABLE);
        assertThat(report.customers().get(1).fields()).containsExactly("first_name");

        assertThat(readBack.check(store(), all, true).customers())
                .filteredOn(ReadBackReport.Checked::resent)
                .hasSize(2);
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.backlog(StoreKey.DEFAULT, 1) == 0);
        assertThat(readBack.check(store(), List.of(equal, drifted, missing)).count(Result.EQUAL))
                .isEqualTo(3);
    }

    @Test
    void aGuestWhomYotpoKnowsByEmailAloneIsAskedForByThat() {
        jdbc.update("INSERT INTO BLC_CUSTOMER (CUSTOMER_ID, EMAIL_ADDRESS, FIRST_NAME, RECEIVE_EMAIL, IS_REGISTERED,"
                + " DEACTIVATED, PASSWORD_CHANGE_REQUIRED) VALUES (61001, 'guest@example.com', 'G', TRUE, FALSE, FALSE,"
                + " FALSE)");
        backfills.start(StoreKey.DEFAULT);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backfills.status(StoreKey.DEFAULT).orElseThrow().status() == ScanStatus.DONE);
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.backlog(StoreKey.DEFAULT, 1) == 0);

        assertThat(result("61001", false)).isEqualTo(Result.EQUAL);

        sandbox.reset();
        assertThat(result("61001", true)).isEqualTo(Result.MISSING);
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.backlog(StoreKey.DEFAULT, 1) == 0);
        assertThat(result("61001", false)).isEqualTo(Result.EQUAL);
    }

    @Test
    void aPreviewShowsWhatWouldBeSentMasked() {
        String id = delivered("d@example.com");
        assertThat(preview.of(key(id), true).decision()).isEqualTo(Decision.UNCHANGED);

        jdbc.update("UPDATE BLC_CUSTOMER SET FIRST_NAME = 'Secretname' WHERE CUSTOMER_ID = ?", Long.valueOf(id));

        Preview.Previewed previewed = preview.of(key(id), true);
        assertThat(previewed.decision()).isEqualTo(Decision.WOULD_SEND);
        assertThat(previewed.identifier()).isEqualTo("external_id");
        assertThat(previewed.differing()).containsExactly("first_name");
        assertThat(previewed.payload()).contains("\"external_id\":\"" + id).doesNotContain("Secretname", "example.com");
        assertThat(preview.of(key(id), false).payload()).contains("Secretname");

        jdbc.update("INSERT INTO BLC_CUSTOMER (CUSTOMER_ID, IS_REGISTERED, DEACTIVATED, PASSWORD_CHANGE_REQUIRED)"
                + " VALUES (60001, FALSE, FALSE, FALSE)");
        assertThat(preview.of(key("60001"), true).reason()).isEqualTo(SkipReason.ANONYMOUS);
        assertThat(preview.of(key("60002"), true).decision()).isEqualTo(Decision.NOT_FOUND);
    }

    @Test
    void aBackfillThatWouldAlterManyStopsAndAsks() {
        for (int i = 0; i < 8; i++) {
            delivered("many" + i + "@example.com");
        }
        jdbc.update("UPDATE BLC_CUSTOMER SET FIRST_NAME = 'Broken' WHERE EMAIL_ADDRESS LIKE 'many%'");

        backfills.dryRun(StoreKey.DEFAULT);
        ScanState dry = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> backfills.status(ScanJob.dryRun(StoreKey.DEFAULT)).orElseThrow(),
                        state -> state.status() == ScanStatus.DONE);
        assertThat(dry.counts().of(Tally.ALTERED)).isGreaterThanOrEqualTo(8);
        assertThat(dry.question()).contains("would alter");
        assertThat(outbox.backlog(StoreKey.DEFAULT, 1)).isZero();

        backfills.start(StoreKey.DEFAULT);
        ScanState asking = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> backfills.status(StoreKey.DEFAULT).orElseThrow(),
                        state -> state.status() == ScanStatus.ASKING);
        assertThat(asking.question()).contains("first_name").doesNotContain("Broken", "example.com");

        backfills.proceed(ScanJob.backfill(StoreKey.DEFAULT));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backfills.status(StoreKey.DEFAULT).orElseThrow().status() == ScanStatus.DONE);
    }

    private Result result(String id, boolean again) {
        return readBack.check(store(), List.of(id), again).customers().get(0).result();
    }

    private StoreSettings store() {
        return stores.get(StoreKey.DEFAULT);
    }

    private void overwriteInYotpo(String id, String field) {
        String token = sandbox.handle(new SandboxRequest(
                        "POST",
                        SANDBOX,
                        "access_tokens",
                        null,
                        "application/json",
                        Map.of(),
                        "{\"secret\":\"sandbox-default-secret\"}"))
                .body()
                .replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
        assertThat(sandbox.handle(new SandboxRequest(
                                "PATCH",
                                SANDBOX,
                                "customers",
                                token,
                                "application/json",
                                Map.of(),
                                "{\"customer\":{\"external_id\":\"" + id + "\"," + field + "}}"))
                        .status())
                .isEqualTo(200);
    }

    private String delivered(String email) {
        String id = shop.register("", Forms.full(email));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        return id;
    }

    private static CustomerKey key(String id) {
        return new CustomerKey(StoreKey.DEFAULT, id);
    }
}
