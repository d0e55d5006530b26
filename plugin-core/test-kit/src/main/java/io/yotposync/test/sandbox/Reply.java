package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param delay how long the transport is to hold the answer back
 */
public record Reply(int status, Map<String, String> headers, String body, Duration delay) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    static Reply of(int status, String body) {
        return new Reply(status, Map.of(), body, Duration.ZERO);
    }

    static Reply error(int status, String... messages) {
        return error(status, List.of(messages));
    }

    static Reply error(int status, List<String> messages) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode errors = body.putArray("errors");
        messages.forEach(message -> errors.addObject().put("message", message));
        return of(status, body.toString());
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(headers);
        return new Reply(status, all, body, delay);
    }

    Reply after(Duration latency) {
        return new Reply(status, headers, body, delay.plus(latency));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "Reply[status=" + status + "]";
    }
}
