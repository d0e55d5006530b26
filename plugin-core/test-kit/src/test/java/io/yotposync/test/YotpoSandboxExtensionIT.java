package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.LoggedRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sandbox as a client over HTTP meets it. */
class YotpoSandboxExtensionIT {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.withStores("default", "eu");

    private static final AtomicReference<@Nullable URI> FOUND = new AtomicReference<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void aCustomerIsSentAndLookedUp() throws Exception {
        String token = token("default");

        HttpResponse<String> patched = patch("default", token, "{\"customer\":{\"external_id\":\"42\"}}");

        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(patched.headers().firstValue("RateLimit-Remaining")).hasValue("3");
        assertThat(YOTPO.awaitCustomer("42").path("external_id").asText()).isEqualTo("42");
        assertThat(YOTPO.customers()).hasSize(1);
        assertThat(YOTPO.customers("eu")).isEmpty();
        String found = get("default", token, "external_ids=" + URLEncoder.encode("42,43", StandardCharsets.UTF_8));
        assertThat(found).contains("\"external_id\":\"42\"").doesNotContain("\"43\"");
        assertThat(YOTPO.requests().stream().map(LoggedRequest::method)).containsExactly("POST", "PATCH", "GET");
    }

    @Test
    void eachTestBeginsWithNothing() {
        assertThat(YOTPO.customers()).isEmpty();
        assertThat(YOTPO.requests()).isEmpty();
    }

    @Test
    void whatBreaksTheContractIsRefusedWithTheReason() throws Exception {
        HttpResponse<String> refused =
                patch("default", token("default"), "{\"customer\":{\"external_id\":\"42\",\"gender\":\"male\"}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("gender");
        assertThat(patch("default", "no token", "{}").statusCode()).isEqualTo(401);
        assertThat(patch("unknown", "no token", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void failsAsItIsTold() throws Exception {
        YOTPO.failNext(1, 503);
        assertThat(post("default").statusCode()).isEqualTo(503);
        assertThat(post("default").statusCode()).isEqualTo(200);

        YOTPO.faults(Faults.NONE.withNext(new Failing(1, 429, "POST", Map.of("Retry-After", "7"), null, 50)));
        HttpResponse<String> slowed = post("default");
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void saysWhichPropertiesLeadThePluginHere() {
        assertThat(YOTPO.properties())
                .contains(
                        entry("yotpo.sync.defaults.base-url", YOTPO.url().toString()),
                        entry("yotpo.sync.stores.eu.app-key", "eu"),
                        entry("yotpo.sync.stores.eu.secret", YotpoSandboxExtension.SECRET))
                .hasSize(5);
        assertThat(YOTPO.url().getHost()).isEqualTo("localhost");
    }

    private String token(String store) throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(post(store).body())
                .path("access_token")
                .asText();
    }

    private HttpResponse<String> post(String store) throws IOException, InterruptedException {
        return send(request(store, "access_tokens")
                .POST(BodyPublishers.ofString("{\"secret\":\"" + YotpoSandboxExtension.SECRET + "\"}")));
    }

    private HttpResponse<String> patch(String store, String token, String body)
            throws IOException, InterruptedException {
        return send(request(store, "customers")
                .header("X-Yotpo-Token", token)
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private String get(String store, String token, String query) throws IOException, InterruptedException {
        return send(request(store, "customers?" + query)
                        .header("X-Yotpo-Token", token)
                        .GET())
                .body();
    }

    private static HttpRequest.Builder request(String store, String resource) {
        return HttpRequest.newBuilder(URI.create(YOTPO.url() + "/core/v3/stores/" + store + "/" + resource))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Their ends are none of the class's own, whose host goes on with the same address. */
    @Nested
    class OneClassWithinIt {

        @Test
        void findsItWhereTheClassFoundIt() {
            assertThat(YOTPO.url()).isEqualTo(FOUND.updateAndGet(first -> first == null ? YOTPO.url() : first));
            assertThat(YOTPO.customers()).isEmpty();
        }
    }

    @Nested
    class AnotherOne {

        @Test
        void findsItThereToo() {
            assertThat(YOTPO.url()).isEqualTo(FOUND.updateAndGet(first -> first == null ? YOTPO.url() : first));
        }
    }

    @Test
    void aClassThatSharesItFindsItAtTheSamePlaceLater() throws Exception {
        YotpoSandboxExtension shared = YotpoSandboxExtension.create();
        ExtensionContext context = (ExtensionContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ExtensionContext.class}, (proxy, method, args) -> null);
        shared.beforeAll(context);
        URI first = shared.url();
        shared.afterAll(context);

        shared.beforeAll(context);

        assertThat(shared.url()).isEqualTo(first);
        shared.afterAll(context);
    }
}
