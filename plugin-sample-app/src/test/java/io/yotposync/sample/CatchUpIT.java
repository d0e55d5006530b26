package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import io.yotposync.test.sandbox.Counter;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
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

/** What no event tells, on Broadleaf's real entities: found and repaired by itself. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:catch-up",
            "spring.jpa.properties.hibernate.jdbc.time_zone=" + CatchUpIT.FAR_BEHIND,
            "sample.sandbox.visibility-delay=0s",
            "sample.sandbox.requests-per-second=0",
            "yotpo.sync.defaults.rate-limit=0",
            "yotpo.sync.defaults.attributes.smsChoice=accepts_sms_marketing",
            "yotpo.sync.defaults.attributes.loyaltyTier=tags",
            "yotpo.sync.defaults.identifier.phone-number=true",
            "yotpo.sync.scan.pause=10ms",
            "yotpo.sync.catch-up.interval=500ms",
            "yotpo.sync.catch-up.sweep-every=500ms",
            "yotpo.sync.catch-up.sweep-pause=10ms",
            "yotpo.sync.deletes.grace=0s"
        })
class CatchUpIT {

    /** Whoever asks for recent changes in another time zone finds none that the shop's Hibernate wrote in this one. */
    static final String FAR_BEHIND = "Etc/GMT+12";

    private static final int PORT = FreePort.find();
    private static final String SANDBOX = "sandbox-default";
    private static final StoreKey DEFAULT = StoreKey.DEFAULT;

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Backfills backfills;

    @Autowired
    private Erasure erasure;

    @Autowired
    private StoreSwitch stores;

    @Autowired
    private CustomerSource source;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    @Test
    void aChangedAttributeIsFound() {
        String id = delivered("a@example.com");

        jdbc.update("UPDATE BLC_CUSTOMER_ATTRIBUTE SET \"value\" = 'platinum' WHERE CUSTOMER_ID = ?", Long.valueOf(id));

        awaitField(id, "/tags", "platinum");
    }

    @Test
    void aConsentKeptAsAnAttributeIsFollowed() {
        String id = delivered("sms@example.com");

        jdbc.update(
                "INSERT INTO BLC_CUSTOMER_ATTRIBUTE (CUSTOMER_ATTR_ID, NAME, \"value\", CUSTOMER_ID)"
                        + " VALUES (9001, 'smsChoice', 'false', ?)",
                Long.valueOf(id));

        awaitField(id, "/accepts_sms_marketing", "false");
    }

    @Test
    void anEditedPhoneRowIsFound() {
        String id = delivered("b@example.com");

        jdbc.update(
                "UPDATE BLC_PHONE SET PHONE_NUMBER = '+49 30 901821' WHERE PHONE_ID IN"
                        + " (SELECT PHONE_ID FROM BLC_CUSTOMER_PHONE WHERE CUSTOMER_ID = ?)",
                Long.valueOf(id));

        awaitField(id, "/phone_number", "+4930901821");
    }

    @Test
    void anEditedAddressRowIsFound() {
        String id = delivered("c@example.com");

        jdbc.update(
                "UPDATE BLC_ADDRESS SET CITY = 'Hamburg' WHERE ADDRESS_ID IN"
                        + " (SELECT ADDRESS_ID FROM BLC_CUSTOMER_ADDRESS WHERE CUSTOMER_ID = ?)",
                Long.valueOf(id));

        awaitField(id, "/address/city", "Hamburg");
    }

    @Test
    void anUpdateBySqlIsFoundWithItsTimeOrWithout() {
        String with = delivered("d@example.com");
        String without = delivered("e@example.com");

        jdbc.update(
                "UPDATE BLC_CUSTOMER SET FIRST_NAME = 'C', DATE_UPDATED = ? WHERE CUSTOMER_ID = ?",
                now(),
                Long.valueOf(with));
        jdbc.update("UPDATE BLC_CUSTOMER SET FIRST_NAME = 'D' WHERE CUSTOMER_ID = ?", Long.valueOf(without));

        awaitField(with, "/first_name", "C");
        awaitField(without, "/first_name", "D");
    }

    @Test
    void aCustomerDeactivatedBySqlIsDisabled() {
        String id = delivered("f@example.com");

        jdbc.update("UPDATE BLC_CUSTOMER SET DEACTIVATED = TRUE WHERE CUSTOMER_ID = ?", Long.valueOf(id));

        awaitField(id, "/account_status", "disabled");
    }

    @Test
    void aDeletedCustomerIsDisabled() {
        String id = delivered("g@example.com");

        shop.send("DELETE", "/api/customers/" + id, Map.of());

        awaitField(id, "/account_status", "disabled");
        assertThat(outbox.find(key(id))).isPresent();
    }

    @Test
    void anAnonymisedCustomerIsDisabled() {
        String id = delivered("h@example.com");

        jdbc.update(
                "UPDATE BLC_CUSTOMER SET EMAIL_ADDRESS = NULL, FIRST_NAME = NULL, LAST_NAME = NULL"
                        + " WHERE CUSTOMER_ID = ?",
                Long.valueOf(id));

        awaitField(id, "/account_status", "disabled");
    }

    @Test
    void aCustomerWhoseEventWasLostIsFound() {
        jdbc.update(
                "INSERT INTO BLC_CUSTOMER (CUSTOMER_ID, USER_NAME, EMAIL_ADDRESS, FIRST_NAME, RECEIVE_EMAIL,"
                        + " IS_REGISTERED, DEACTIVATED, PASSWORD_CHANGE_REQUIRED, DATE_CREATED, DATE_UPDATED)"
                        + " VALUES (70001, 'i@example.com', 'i@example.com', 'I', TRUE, TRUE, FALSE, FALSE, ?, ?)",
                now(),
                now());

        awaitField("70001", "/first_name", "I");
        awaitField("70001", "/accepts_email_marketing", "true");
    }

    @Test
    void whatWasSavedWhileAStoreWasOffIsFoundWhenItIsOn() {
        stores.disable(DEFAULT);
        String id = shop.register("", Forms.full("j@example.com"));
        assertThat(sandbox.find(SANDBOX, id)).isEmpty();

        stores.enable(DEFAULT);

        awaitField(id, "/email", "j@example.com");
        await().until(() -> !stores.state(DEFAULT).catchUpNeeded());
    }

    @Test
    void aCustomerOfAnotherSiteStaysThere() {
        String id = shop.register("eu-shop", Forms.full("k@example.com"));
        await().until(() -> sandbox.find("sandbox-eu", id).isPresent());

        jdbc.update("UPDATE BLC_CUSTOMER SET FIRST_NAME = 'E' WHERE CUSTOMER_ID = ?", Long.valueOf(id));

        await().untilAsserted(() -> assertThat(sandbox.find("sandbox-eu", id)
                        .map(HeldCustomer::customer)
                        .orElseThrow()
                        .path("first_name")
                        .asText())
                .isEqualTo("E"));
        assertThat(sandbox.find(SANDBOX, id)).isEmpty();
    }

    @Test
    void customersOfTheTimeBeforeThePluginWaitForABackfillThatTellsNoConsent() {
        insertOld(80001, 300);
        await().atMost(Duration.ofSeconds(20)).until(() -> sweepSaw(Tally.NOT_BACKFILLED, 300));
        assertThat(sandbox.find(SANDBOX, "80001")).isEmpty();

        backfills.start(DEFAULT);

        ScanState done = await().atMost(Duration.ofSeconds(30))
                .until(() -> backfills.status(DEFAULT).orElseThrow(), state -> state.status() == ScanStatus.DONE);
        assertThat(done.counts().of(Tally.CONSENT_HELD_BACK)).isGreaterThanOrEqualTo(300);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.find(SANDBOX, "80300").isPresent());
        assertThat(held("80001").hasNonNull("accepts_email_marketing")).isFalse();

        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.backlog(DEFAULT, 1) == 0);
        long requests = sandbox.count(SANDBOX, Counter.UPSERTS);
        backfills.start(DEFAULT);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backfills.status(DEFAULT).orElseThrow(), state -> state.status() == ScanStatus.DONE);
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).until(() -> true);
        assertThat(sandbox.count(SANDBOX, Counter.UPSERTS)).isEqualTo(requests);

        backfills.start(DEFAULT, true);
        awaitField("80001", "/accepts_email_marketing", "true");
    }

    @Test
    void anErasedCustomerIsDisabledAndForgotten() {
        String id = delivered("l@example.com");
        jdbc.update("DELETE FROM BLC_CUSTOMER_ADDRESS WHERE CUSTOMER_ID = ?", Long.valueOf(id));
        jdbc.update("DELETE FROM BLC_CUSTOMER_PHONE WHERE CUSTOMER_ID = ?", Long.valueOf(id));
        jdbc.update("DELETE FROM BLC_CUSTOMER_ATTRIBUTE WHERE CUSTOMER_ID = ?", Long.valueOf(id));
        jdbc.update("DELETE FROM BLC_CUSTOMER WHERE CUSTOMER_ID = ?", Long.valueOf(id));

        List<Erasure.Receipt> receipts = erasure.erase(id);

        assertThat(receipts).singleElement().satisfies(receipt -> {
            assertThat(receipt.identifier()).isEqualTo("external_id");
            assertThat(receipt.fields()).contains("email", "first_name", "address.city");
            assertThat(receipt.done()).isEqualTo(Erasure.Deed.DISABLING);
            assertThat(receipt.left()).contains("no call that deletes");
        });
        awaitField(id, "/account_status", "disabled");
        await().until(() -> outbox.find(key(id)).isEmpty());
        assertThat(erasure.erase(id)).isEmpty();
    }

    @Test
    void theSourceReadsInKeyOrderBehindACursor() {
        insertOld(90001, 5);

        assertThat(source.idsAfter("90002", 2)).containsExactly("90003", "90004");
        assertThat(source.existing(List.of("90001", "99999", "x"))).containsExactly("90001");
        assertThat(source.find("90001").orElseThrow().email()).isEqualTo("old90001@example.com");
        assertThat(source.find("99999")).isEmpty();
        assertThat(source.find("x")).isEmpty();
        assertThat(source.count().orElseThrow()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void theSourceTellsWhoWasMadeOrChangedLately() {
        insertOld(95001, 2);
        jdbc.update("UPDATE BLC_CUSTOMER SET DATE_UPDATED = ? WHERE CUSTOMER_ID = 95002", now());
        String made = shop.register("", Forms.minimal("m@example.com"));

        List<String> changed = source.idsChangedSince(Instant.now().minus(Duration.ofHours(1)), null, 1000);

        assertThat(changed).contains("95002", made).doesNotContain("95001");
        assertThat(source.idsChangedSince(Instant.now().plus(Duration.ofHours(1)), null, 1000))
                .isEmpty();
        assertThat(source.idsChangedSince(Instant.now().minus(Duration.ofHours(1)), "95001", 1))
                .containsExactly("95002");
    }

    /** As the shop's Hibernate writes it. */
    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.of(FAR_BEHIND));
    }

    private void insertOld(int first, int count) {
        for (int id = first; id < first + count; id++) {
            jdbc.update(
                    "INSERT INTO BLC_CUSTOMER (CUSTOMER_ID, USER_NAME, EMAIL_ADDRESS, FIRST_NAME, RECEIVE_EMAIL,"
                            + " IS_REGISTERED, DEACTIVATED, PASSWORD_CHANGE_REQUIRED, DATE_CREATED, DATE_UPDATED)"
                            + " VALUES (?, ?, ?, 'O', TRUE, TRUE, FALSE, FALSE, TIMESTAMP '2020-01-01 00:00:00',"
                            + " TIMESTAMP '2020-01-01 00:00:00')",
                    id,
                    "old" + id,
                    "old" + id + "@example.com");
        }
    }

    private boolean sweepSaw(Tally tally, long atLeast) {
        return backfills
                .status(ScanJob.sweep(DEFAULT))
                .filter(state -> state.counts().of(tally) >= atLeast)
                .isPresent();
    }

    private String delivered(String email) {
        String id = shop.register("", Forms.full(email));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        return id;
    }

    private void awaitField(String id, String path, String value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(held(id).at(path).asText()).isEqualTo(value));
    }

    private JsonNode held(String id) {
        return sandbox.find(SANDBOX, id).map(HeldCustomer::customer).orElseGet(MissingNode::getInstance);
    }

    private static CustomerKey key(String id) {
        return new CustomerKey(DEFAULT, id);
    }
}
