package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.CapturedLog;
import io.yotposync.conversation.StrictYotpo.Answer;
import io.yotposync.customer.Address;
import io.yotposync.customer.Phone;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Yotpo's own Magento module gets wrong, one by one, does not happen here. */
@Tag("long")
class MagentoDefectsIT {

    private final StrictYotpo eu = new StrictYotpo(0);
    private final StrictYotpo us = new StrictYotpo(0);
    private final CapturedLog log = new CapturedLog("io.yotposync", Level.TRACE);
    private final Shop shop = new Shop(eu.url(), us.url());

    @BeforeEach
    void start() {
        eu.secret("s3cr3t-canary-eu");
        us.secret("s3cr3t-canary-us");
    }

    @AfterEach
    void stop() {
        log.close();
        shop.close();
        eu.close();
        us.close();
    }

    private void until(StoreKey store, String id, LedgerStatus status) {
        await().atMost(Duration.ofSeconds(15)).until(() -> shop.row(store, id).status() == status);
    }

    private void delivered(String id) {
        until(Shop.EU, id, LedgerStatus.IN_SYNC);
        until(Shop.US, id, LedgerStatus.IN_SYNC);
    }

    private static JsonNode held(StrictYotpo yotpo, String id) {
        return Objects.requireNonNull(yotpo.customers().get(id));
    }

    @Test
    void defect1_aSaveNeverWaitsForYotpo() {
        CountDownLatch end = new CountDownLatch(1);
        eu.ill(request -> {
            try {
                end.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        shop.save(Shop.customer("warm-up"));
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            shop.save(Shop.customer("c" + i));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        end.countDown();

        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void defect2_anIdenticalSaveAfterAFailedSendIsNotForgotten() {
        eu.ill(request -> Answer.of(503, ""));
        shop.save(Shop.customer("c1"));
        await().until(() -> shop.row(Shop.EU, "c1").failure() != null);
        shop.save(Shop.customer("c1"));
        assertThat(shop.row(Shop.EU, "c1").status()).isEqualTo(LedgerStatus.PENDING);
        eu.ill(request -> null);
        delivered("c1");

        eu.ill(request -> Answer.of(409, ""));
        shop.save(Shop.customer("c2"));
        until(Shop.EU, "c2", LedgerStatus.PARKED);
        eu.ill(request -> null);
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        shop.save(Shop.customer("c2"));
        delivered("c2");
    }

    @Test
    void defect3_noFailureMarksACustomerAsSynced() {
        AtomicInteger kind = new AtomicInteger();
        eu.ill(request -> switch (kind.incrementAndGet() % 4) {
            case 0 -> Answer.hangUp();
            case 1 -> Answer.breakOff();
            case 2 -> Answer.of(200, "<html></html>");
            default -> Answer.of(500, "");
        });
        shop.save(Shop.customer("c1"));
        await().until(() -> shop.row(Shop.EU, "c1").attempts() >= 2);

        assertThat(shop.row(Shop.EU, "c1").status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(shop.row(Shop.EU, "c1").acknowledged()).isNull();
    }

    @Test
    void defect4_retriesGrowAndRateHeadersAreHeeded() {
        eu.ill(request -> new Answer(429, Map.of("Retry-After", "120"), ""));
        us.ill(request -> request.method().equals("PATCH") ? Answer.of(500, "") : null);
        for (int i = 0; i < 50; i++) {
            shop.save(Shop.customer("c" + i));
        }
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

        assertThat(eu.log()).hasSizeLessThanOrEqualTo(5);
        assertThat(shop.states.get(Shop.EU).waitUntil())
                .isBetween(Instant.now().plusSeconds(110), Instant.now().plusSeconds(121));
        assertThat(us.patches()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void defect5_theReasonIsStoredRedacted() {
        eu.ill(request -> request.method().equals("PATCH")
                ? Answer.of(422, "{\"errors\":[{\"message\":\"email c1@canary.example is blocked\"}]}")
                : null);
        shop.save(Shop.customer("c1"));
        until(Shop.EU, "c1", LedgerStatus.PARKED);

        var failure = Objects.requireNonNull(shop.row(Shop.EU, "c1").failure());
        assertThat(failure.reason()).isEqualTo("email *** is blocked");
        assertThat(failure.status()).isEqualTo(422);
        assertThat(failure.kind()).isEqualTo(FailureClass.VALIDATION);
    }

    @Test
    void defect6_eachStoreGetsItsOwnPayload() {
        shop.save(Shop.customer("c1"));
        delivered("c1");

        assertThat(held(eu, "c1").path("default_currency").asText()).isEqualTo("EUR");
        assertThat(held(eu, "c1").path("default_language").asText()).isEqualTo("de");
        assertThat(held(us, "c1").path("default_currency").asText()).isEqualTo("USD");
        assertThat(held(us, "c1").path("default_language").asText()).isEqualTo("en");
    }

    @Test
    void defect7_neitherSecretNorTokenNorCustomerIsLogged() {
        us.ill(request -> request.path().endsWith("access_tokens") ? Answer.of(401, "s3cr3t-canary-us") : null);
        eu.ill(request -> request.body().contains("c2@")
                ? Answer.of(400, "{\"errors\":[{\"message\":\"Canaria Vogel c2@canary.example token-1\"}]}")
                : null);
        shop.save(Shop.customer("c1"));
        shop.save(Shop.customer("c2"));
        until(Shop.EU, "c1", LedgerStatus.IN_SYNC);
        until(Shop.EU, "c2", LedgerStatus.PARKED);
        await().until(() -> shop.states.get(Shop.US).held() != null);

        List<String> lines = log.lines();
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .noneMatch(line -> line.contains("canary")
                        || line.contains("Canaria")
                        || line.contains("Vogel")
                        || line.contains("token-1"));
        assertThat(shop.row(Shop.EU, "c2").toString()).doesNotContain("canary", "Canaria", "Vogel", "token-1");
    }

    @Test
    void defect8_tokensAreRefreshedHoweverOftenTheyExpire() {
        for (int i = 1; i <= 12; i++) {
            shop.save(Shop.customer("c" + i));
            delivered("c" + i);
            eu.expireTokens();
        }

        assertThat(eu.issued()).isEqualTo(12);
        assertThat(shop.states.get(Shop.EU).held()).isNull();
    }

    @Test
    void defect9_whatIsRefusedForGoodIsNotTriedAgainByItself() {
        eu.ill(request -> request.method().equals("PATCH") ? Answer.of(409, "") : null);
        shop.save(Shop.customer("c1"));
        until(Shop.EU, "c1", LedgerStatus.PARKED);
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

        assertThat(eu.patches()).hasSize(1);
        assertThat(shop.row(Shop.EU, "c1").status()).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void defect10_deactivationIsSentFailuresAreListedCountedAndReplayed() {
        eu.ill(request -> request.method().equals("PATCH") ? Answer.of(409, "") : null);
        shop.save(Shop.customer("c1").deactivated(true));
        shop.save(Shop.customer("c2"));
        until(Shop.EU, "c1", LedgerStatus.PARKED);
        until(Shop.EU, "c2", LedgerStatus.PARKED);

        List<LedgerRow> parked = shop.outbox.list(LedgerQuery.parked().withStore(Shop.EU));
        assertThat(parked).extracting(row -> row.key().customerId()).containsExactly("c1", "c2");
        assertThat(Objects.requireNonNull(shop.outbox.counts().get(Shop.EU)).parked())
                .isEqualTo(2);

        eu.ill(request -> null);
        assertThat(shop.outbox.requeue(LedgerQuery.parked().withStore(Shop.EU).withCustomer("c1"), Instant.now()))
                .isEqualTo(1);
        delivered("c1");
        assertThat(held(eu, "c1").path("account_status").asText()).isEqualTo("disabled");
        assertThat(shop.row(Shop.EU, "c2").status()).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void defect11_aBritishNumberAtAnAmericanAddressStaysBritish() {
        Phone phone = new Phone("+44 20 7946 0018", null);
        shop.save(Shop.customer("c1")
                .phone(phone)
                .address(new Address("1 Main St", null, "Boston", null, "MA", "02110", "MA", "US", phone)));
        delivered("c1");

        assertThat(held(us, "c1").path("address").path("phone_number").asText()).isEqualTo("+442079460018");
        assertThat(held(us, "c1").toString()).doesNotContain("+144");
    }
}
