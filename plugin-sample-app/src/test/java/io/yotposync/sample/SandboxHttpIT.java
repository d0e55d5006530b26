package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.sample.SampleClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The sandbox and the pages over HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:http",
            "yotpo.sync.enabled=false",
            "sample.sandbox.visibility-delay=0s"
        })
class SandboxHttpIT {

    private static final int PORT = FreePort.find();
    private static final String STORE = "/yotpo/core/v3/stores/sandbox-default";
    private static final String ADMIN = "/yotpo/_sandbox/stores/sandbox-default";

    private final HttpClient http = HttpClient.newHttpClient();
    private final SampleClient client = new SampleClient(PORT);

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void reset() {
        client.send("POST", "/yotpo/_sandbox/reset", Map.of());
        client.send("PUT", ADMIN + "/requests-per-second/0", Map.of());
    }

    @Test
    void takesACustomerAndShowsIt() throws Exception {
        String token = token();
        HttpResponse<String> accepted =
                call("PATCH", "/customers", token, "{\"customer\": {\"external_id\": \"ä+1\"}}");
        HttpResponse<String> found = call("GET", "/customers?external_ids=%C3%A4%2B1", token, null);

        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"external_id\":\"ä+1\"");
        assertThat(client.get(ADMIN).body().path("held").asInt()).isOne();
        assertThat(client.get("/yotpo/_sandbox/requests").body()).hasSize(3);
    }

    @Test
    void answersTheSixthRequestOfASecondWithTheDocumentedHeaders() throws Exception {
        client.send("PUT", ADMIN + "/requests-per-second/1", Map.of());
        call("GET", "/customers", "none", null);

        HttpResponse<String> second = call("GET", "/customers", "none", null);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("RateLimit-Remaining")).contains("0");
        assertThat(second.headers().firstValue("RateLimit-Reset")).contains("1");
    }

    @Test
    void failsOnRequest() throws Exception {
        Map<String, Object> next = Map.of("count", 1, "status", 503, "headers", Map.of("Retry-After", "1"));
        assertThat(client.send("PUT", ADMIN + "/faults", Map.of("next", next, "latencyMillis", 5))
                        .status())
                .isEqualTo(204);

        HttpResponse<String> failed = call("GET", "/customers", "none", null);

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.headers().firstValue("Retry-After")).contains("1");
        assertThat(call("GET", "/customers", "none", null).statusCode()).isEqualTo(401);
    }

    @Test
    void expiresTokensOnRequest() throws Exception {
        String token = token();
        client.send("POST", ADMIN + "/expire-tokens", Map.of());

        assertThat(call("GET", "/customers", token, null).statusCode()).isEqualTo(401);
    }

    @Test
    void saysWhichStoreItDoesNotKnow() {
        Answer answer = client.get("/yotpo/_sandbox/stores/other");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText()).contains("other");
        assertThat(client.get("/yotpo/_sandbox/stores").body()).hasSize(2);
    }

    @Test
    void servesItsPages() {
        for (String page : List.of("/", "/yotpo/_sandbox")) {
            HttpResponse<String> response = client.get(page).response();

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("<main");
        }
    }

    @Test
    void refusesARegistrationWithoutAnEmailAddress() {
        assertThat(client.send("POST", "/api/customers", Map.of("firstName", "A"))
                        .status())
                .isEqualTo(400);
        assertThat(client.get("/api/customers").body()).isEmpty();
        assertThat(client.edit("", "77", Forms.minimal("a@example.com"))).isEqualTo(404);
    }

    private String token() throws Exception {
        HttpResponse<String> response =
                call("POST", "/access_tokens", null, "{\"secret\": \"sandbox-default-secret\"}");
        return new ObjectMapper().readTree(response.body()).path("access_token").asText();
    }

    private HttpResponse<String> call(String method, String path, @Nullable String token, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + STORE + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Yotpo-Token", token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
