package io.yotposync.test.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of Yotpo's API.
 *
 * @param resource what stands behind the store id in the path
 * @param token the {@code X-Yotpo-Token} header
 */
public record SandboxRequest(
        String method,
        String store,
        String resource,
        @Nullable String token,
        @Nullable String contentType,
        Map<String, String> query,
        @Nullable String body) {

    public SandboxRequest {
        query = Map.copyOf(query);
    }

    public static SandboxRequest token(String store, String secret) {
        String body = Json.MAPPER.createObjectNode().put("secret", secret).toString();
        return new SandboxRequest("POST", store, "access_tokens", null, "application/json", Map.of(), body);
    }

    public static SandboxRequest upsert(String store, @Nullable String token, String body) {
        return new SandboxRequest("PATCH", store, "customers", token, "application/json", Map.of(), body);
    }

    public static SandboxRequest retrieve(String store, @Nullable String token, Map<String, String> query) {
        return new SandboxRequest("GET", store, "customers", token, null, query, null);
    }

    /** No token, no body: no secrets and no personal data. */
    @Override
    public String toString() {
        return method + " " + store + "/" + resource;
    }
}
