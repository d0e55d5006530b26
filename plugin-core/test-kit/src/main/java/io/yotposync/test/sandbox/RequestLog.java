package io.yotposync.test.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last requests of all stores. */
final class RequestLog {

    private static final int LENGTH = 2_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();
    private long lastNumber;

    synchronized void add(SandboxRequest request, Reply reply, @Nullable String externalId, Instant now) {
        if (requests.size() == LENGTH) {
            requests.removeFirst();
        }
        requests.addLast(new LoggedRequest(
                ++lastNumber,
                now,
                request.method(),
                request.store(),
                request.resource(),
                reply.status(),
                externalId,
                reply.isSuccess() ? null : reason(reply)));
    }

    private static String reason(Reply reply) {
        var body = Json.object(reply.body());
        return body == null
                ? "no JSON"
                : body.path("errors").path(0).path("message").asText("");
    }

    /** In the order of arrival, behind the given number. */
    synchronized List<LoggedRequest> after(long number, @Nullable String store) {
        return requests.stream()
                .filter(request -> request.number() > number)
                .filter(request -> store == null || request.store().equals(store))
                .toList();
    }

    synchronized void clear() {
        requests.clear();
    }
}
