package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The operator's shell, under a servlet context path. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:operator",
            "server.servlet.context-path=/shop",
            "yotpo.sync.defaults.base-url=http://localhost:${server.port}/shop/yotpo"
        })
class OperatorHttpIT {

    private static final int PORT = FreePort.find();
    private static final String ENDPOINT = "/shop/actuator/yotposync";
    private static final StoreKey DEFAULT = StoreKey.DEFAULT;

    private final SampleClient client = new SampleClient(PORT);

    @Autowired
    private StoreStates states;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @AfterEach
    void asConfigured() {
        states.update(DEFAULT, state -> state.released().resumed());
    }

    @Test
    void showsStoresInPlainWords() {
        JsonNode store = client.get(ENDPOINT).body().at("/stores/0");

        assertThat(store.path("store").asText()).isEqualTo("default");
        assertThat(store.path("enabledBy").asText()).isEqualTo("yotpo.sync.stores.default.enabled");
        assertThat(store.at("/lane/permittedRate").asDouble()).isEqualTo(5);
        assertThat(store.at("/customers/pending").isNumber()).isTrue();
    }

    @Test
    void aPauseIsWrittenIntoTheTable() {
        client.send("POST", ENDPOINT + "/pause", Map.of("store", "default", "reason", "stock take"));

        assertThat(states.get(DEFAULT).pauseReason()).isEqualTo("stock take");
        assertThat(client.get(ENDPOINT + "/audit").body().at("/audit/0/reason").asText())
                .isEqualTo("stock take");
        assertThat(jdbc.queryForList("SELECT act FROM yotpo_audit", String.class))
                .contains("pause");
    }

    @Test
    void anIdThatAPathCannotHoldIsAskedForByAParameter() {
        JsonNode found = client.get(ENDPOINT + "/customer/-?id=a%2Fb").body();

        assertThat(found.at("/explanations/0/customer").asText()).isEqualTo("a/b");
    }

    @Test
    void whatIsWrongIsSaid() {
        SampleClient.Answer answer = client.send("POST", ENDPOINT + "/pause", Map.of("store", "us"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText()).contains("no store 'us'");
    }

    /** What a browser sends for another site without asking: a body of no type at all, and none. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"store\":\"default\"}", ""})
    void noRequestWithoutATypeCanWrite(String body) throws IOException, InterruptedException {
        HttpRequest forged = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + PORT + ENDPOINT + "/pause?store=default"))
                .header("Origin", "http://elsewhere.example")
                .POST(BodyPublishers.ofString(body))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(forged, BodyHandlers.discarding())
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(states.get(DEFAULT).paused()).isFalse();
    }

    /** JSON has a browser ask first, and the Actuator allows no other site. */
    @Test
    void noOtherSiteIsAllowedToSendJson() throws IOException, InterruptedException {
        HttpRequest asking = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + ENDPOINT + "/pause"))
                .header("Origin", "http://elsewhere.example")
                .header("X-Any", "1")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(asking, BodyHandlers.discarding())
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** What a form of another site can make a browser send. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    void noFormOfAnotherSiteCanWrite(String contentType) throws IOException, InterruptedException {
        HttpRequest forged = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + PORT + ENDPOINT + "/pause?store=default"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"store\":\"default\"}"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(forged, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(415);
        assertThat(states.get(DEFAULT).paused()).isFalse();
    }

    @Test
    void aHeldStoreIsDownInItsOwnGroupAndNotInTheHosts() {
        states.update(
                DEFAULT,
                state -> state.heldFor("the secret is refused", Instant.now().plusSeconds(600)));

        SampleClient.Answer own = client.get("/shop/actuator/health/yotpo-sync");
        assertThat(own.status()).isEqualTo(503);
        assertThat(own.body()
                        .at("/components/yotpo/components/default/details/trouble")
                        .asText())
                .contains("the secret is refused");
        assertThat(own.body()
                        .at("/components/yotpo/components/default/details/outbox")
                        .asText())
                .isEqualTo("durable");
        assertThat(client.get("/shop/actuator/health").status()).isEqualTo(200);
        assertThat(client.get("/shop/actuator/health").body().at("/components").has("yotpo"))
                .isFalse();
    }

    @Test
    void theConsoleIsOnePage() {
        String page = client.get("/shop/actuator/yotposyncconsole").response().body();

        assertThat(page).contains("<title>Yotpo Customer Sync</title>").contains("default-src 'none'");
        assertThat(page).doesNotContain("src=\"").doesNotContain("{{");
    }
}
