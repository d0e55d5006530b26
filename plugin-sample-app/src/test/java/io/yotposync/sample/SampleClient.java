package io.yotposync.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Drives the sample as a browser does. */
final class SampleClient {

    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    SampleClient(int port) {
        this(port, "");
    }

    SampleClient(int port, String contextPath) {
        this.base = "http://localhost:" + port + contextPath;
    }

    /** Registers on a site, the default one if it is empty, and returns the customer's id. */
    String register(String site, Map<String, ?> form) {
        Answer answer = send("POST", "/api/customers?site=" + site, form);
        if (answer.status() != 201) {
            throw new IllegalStateException("registration answered " + answer.status());
        }
        return answer.body().path("id").asText();
    }

    int edit(String site, String id, Map<String, ?> form) {
        return send("PUT", "/api/customers/" + id + "?site=" + site, form).status();
    }

    JsonNode customer(String id) {
        return get("/api/customers/" + id).body();
    }

    /** In one word, as the page shows it. */
    String state(String id, String store) {
        for (JsonNode state : customer(id).path("stores")) {
            if (state.path("store").asText().equals(store)) {
                return state.path("state").asText();
            }
        }
        return "no such store";
    }

    Answer get(String path) {
        return send("GET", path, Map.of());
    }

    Answer send(String method, String path, Map<String, ?> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return json ? JSON.readTree(response.body()) : MissingNode.getInstance();
    }
}
