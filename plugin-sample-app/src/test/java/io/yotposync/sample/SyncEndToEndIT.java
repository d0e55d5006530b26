package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.sandbox.Counter;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Refusal;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From the shop's page to what Yotpo holds, over HTTP all the way. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:end-to-end", "sample.sandbox.visibility-delay=0s"})
class SyncEndToEndIT {

    private static final int PORT = FreePort.find();
    private static final String DEFAULT = "sandbox-default";
    private static final String EU = "sandbox-eu";

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    @Test
    void aRegisteredCustomerAppearsInYotpo() {
        String id = shop.register("", Forms.full("a@example.com"));

        JsonNode held = held(DEFAULT, id);
        assertThat(held.path("email").asText()).isEqualTo("a@example.com");
        assertThat(held.path("first_name").asText()).isEqualTo("A");
        assertThat(held.path("accepts_email_marketing").asBoolean()).isTrue();
        assertThat(held.at("/address/country_code").asText()).isEqualTo("DE");
        assertThat(sandbox.find(EU, id)).isEmpty();
        awaitState(id, "default", "delivered");
    }

    @Test
    void threeQuickEditsEndInTheLastStateWithOneOrTwoCalls() {
        Map<String, Object> form = Forms.minimal("b@example.com");
        String id = shop.register("", form);
        held(DEFAULT, id);
        long before = sandbox.count(DEFAULT, Counter.UPSERTS);

        for (String name : new String[] {"C", "D", "E"}) {
            assertThat(shop.edit("", id, Forms.with(form, Map.of("firstName", name))))
                    .isEqualTo(204);
        }

        await().untilAsserted(() ->
                assertThat(held(DEFAULT, id).path("first_name").asText()).isEqualTo("E"));
        awaitState(id, "default", "delivered");
        assertThat(sandbox.count(DEFAULT, Counter.UPSERTS) - before).isBetween(1L, 2L);
        assertThat(sandbox.count(DEFAULT, Counter.UNCHANGED)).isZero();
    }

    @Test
    void aSaveThatChangesNothingThatYotpoIsSentCausesNoCall() {
        Map<String, Object> form = Forms.minimal("c@example.com");
        String id = shop.register("", form);
        awaitState(id, "default", "delivered");
        long before = sandbox.count(DEFAULT, Counter.REQUESTS);

        assertThat(shop.edit("", id, form)).isEqualTo(204);
        assertThat(shop.edit("", id, form)).isEqualTo(204);

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> sandbox.count(DEFAULT, Counter.REQUESTS) == before);
    }

    @Test
    void eachSiteHasItsOwnStoreAndPayload() {
        String home = shop.register("", Forms.minimal("d@example.com"));
        String abroad = shop.register("eu-shop", Forms.minimal("d@example.com"));

        assertThat(held(DEFAULT, home).hasNonNull("default_currency")).isFalse();
        assertThat(held(EU, abroad).path("default_currency").asText()).isEqualTo("EUR");
        assertThat(held(EU, abroad).path("default_language").asText()).isEqualTo("de");
        assertThat(sandbox.find(EU, home)).isEmpty();
        assertThat(sandbox.find(DEFAULT, abroad)).isEmpty();
    }

    @Test
    void aDeactivatedCustomerIsDisabledInYotpo() {
        Map<String, Object> form = Forms.minimal("e@example.com");
        String id = shop.register("", form);
        assertThat(held(DEFAULT, id).path("account_status").asText()).isEqualTo("enabled");

        shop.edit("", id, Forms.with(form, Map.of("deactivated", true)));

        await().untilAsserted(() ->
                assertThat(held(DEFAULT, id).path("account_status").asText()).isEqualTo("disabled"));
    }

    @Test
    void aRefusedCustomerIsShownWithTheReasonAndSentAgainWhenItChanges() {
        Map<String, Object> form = Forms.minimal("f@example.com");
        String id = shop.register("", form);
        awaitState(id, "default", "delivered");
        sandbox.faults(DEFAULT, new Faults(null, 0, 0, Map.of(id, new Refusal(422, "the name is not allowed"))));

        shop.edit("", id, Forms.with(form, Map.of("firstName", "C")));
        awaitState(id, "default", "refused");
        assertThat(shop.customer(id).at("/stores/0/why").asText()).contains("422");

        sandbox.faults(DEFAULT, Faults.NONE);
        shop.edit("", id, Forms.with(form, Map.of("firstName", "D")));
        awaitState(id, "default", "delivered");
        assertThat(held(DEFAULT, id).path("first_name").asText()).isEqualTo("D");
    }

    @Test
    void anOutageAndAnExpiredTokenLoseNothing() {
        sandbox.faults(DEFAULT, Faults.failNext(2, 503));
        String id = shop.register("", Forms.minimal("g@example.com"));
        awaitState(id, "default", "delivered");

        sandbox.expireTokens(DEFAULT);
        shop.edit("", id, Forms.with(Forms.minimal("g@example.com"), Map.of("firstName", "C")));

        await().untilAsserted(() ->
                assertThat(held(DEFAULT, id).path("first_name").asText()).isEqualTo("C"));
    }

    private JsonNode held(String store, String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.find(store, id).map(HeldCustomer::customer).orElse(null), held -> held != null);
    }

    private void awaitState(String id, String store, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, store)).isEqualTo(state));
    }
}
