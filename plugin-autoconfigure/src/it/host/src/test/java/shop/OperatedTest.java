package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import io.yotposync.test.YotpoSandboxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What an operator sees of the plugin in this host. */
class OperatedTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.create();

    private static ConfigurableApplicationContext host;
    private static String actuator;

    @BeforeAll
    static void start() throws Exception {
        host = SpringApplication.run(
                HostTest.Shop.class,
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:operated",
                "--management.endpoints.web.exposure.include=health,metrics,yotposync,yotposyncconsole",
                "--management.endpoint.health.show-details=always",
                "--spring.jackson.property-naming-strategy=SNAKE_CASE",
                "--yotpo.sync.console.enabled=true",
                "--yotpo.sync.stores.default.app-key="
                        + YOTPO.properties().get("yotpo.sync.stores.default.app-key"),
                "--yotpo.sync.stores.default.secret=" + YOTPO.properties().get("yotpo.sync.stores.default.secret"),
                "--yotpo.sync.defaults.base-url=" + YOTPO.url());
        actuator = "http://localhost:" + host.getEnvironment().getProperty("local.server.port") + "/actuator";
    }

    @AfterAll
    static void stop() throws Exception {
        host.close();
    }

    @Test
    void aHeldStoreIsDownInAGroupOfItsOwnAndTheHostStaysUp() throws Exception {
        HttpResponse<String> well = get("/health/yotpo-sync");
        assertEquals(200, well.statusCode(), well.body());
        assertTrue(well.body().contains("\"yotpo\"") && well.body().contains("\"default\""), well.body());

        StoreStates states = host.getBean(StoreStates.class);
        states.update(
                StoreKey.DEFAULT,
                state -> state.heldFor("the secret is refused", Instant.now().plusSeconds(600)));
        try {
            HttpResponse<String> down = get("/health/yotpo-sync");
            assertEquals(503, down.statusCode(), down.body());
            assertTrue(down.body().contains("store held: the secret is refused"), down.body());

            HttpResponse<String> all = get("/health");
            assertEquals(200, all.statusCode(), all.body());
            assertFalse(all.body().contains("yotpo\""), all.body());
        } finally {
            states.update(StoreKey.DEFAULT, state -> state.released());
        }
    }

    @Test
    void theEndpointAnswersAndActs() throws Exception {
        assertTrue(get("/yotposync").body().contains("\"store\":\"default\""), get("/yotposync").body());
        assertTrue(get("/yotposync").body().contains("\"inSync\":"), "named as ever, whatever the host's JSON is told");
        assertEquals(200, get("/yotposync/refused").statusCode());
        assertTrue(get("/yotposync/customer/42").body().contains("explanations"), get("/yotposync/customer/42").body());

        HttpRequest pause = HttpRequest.newBuilder(URI.create(actuator + "/yotposync/pause"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"store\":\"default\"}"))
                .build();
        HttpResponse<String> paused = HttpClient.newHttpClient().send(pause, BodyHandlers.ofString());
        assertEquals(200, paused.statusCode(), paused.body());
        assertTrue(host.getBean(StoreStates.class).get(StoreKey.DEFAULT).paused());
        host.getBean(StoreStates.class).update(StoreKey.DEFAULT, state -> state.resumed());
    }

    @Test
    void theConsoleIsThere() throws Exception {
        HttpResponse<String> page = get("/yotposyncconsole");

        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>Yotpo Customer Sync</title>"), page.body());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    }

    @Test
    void metricsAreKept() throws Exception {
        HttpResponse<String> metric = get("/metrics/yotpo.sync.store.enabled");

        assertEquals(200, metric.statusCode(), metric.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(actuator + path)).build(), BodyHandlers.ofString());
    }
}
