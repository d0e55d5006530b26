package io.yotposync.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A sandbox of two stores, and what is asked of it. */
abstract class SandboxScene {

    static final String STORE = "store-1";
    static final String OTHER = "store-2";

    final SettableClock clock = new SettableClock();
    final YotpoSandbox sandbox = sandbox(0);

    YotpoSandbox sandbox(int requestsPerSecond) {
        return new YotpoSandbox(
                new SandboxSettings(
                        Map.of(STORE, "secret-1", OTHER, "secret-2"),
                        requestsPerSecond,
                        Duration.ofSeconds(60),
                        Duration.ofHours(1)),
                clock);
    }

    static String token(YotpoSandbox sandbox) {
        Reply reply = sandbox.handle(SandboxRequest.token(STORE, "secret-1"));
        return json(reply).path("access_token").asText();
    }

    Reply upsert(String properties) {
        return sandbox.handle(SandboxRequest.upsert(STORE, token(sandbox), customer(properties)));
    }

    JsonNode retrieve(Map<String, String> query) {
        Reply reply = sandbox.handle(SandboxRequest.retrieve(STORE, token(sandbox), query));
        assertThat(reply.status()).isEqualTo(200);
        return json(reply);
    }

    JsonNode held(String externalId) {
        return sandbox.find(STORE, externalId).orElseThrow().customer();
    }

    static String customer(String properties) {
        return "{\"customer\": {" + properties.replace('\'', '"') + "}}";
    }

    static JsonNode json(Reply reply) {
        return Objects.requireNonNull(Json.object(reply.body()));
    }
}
