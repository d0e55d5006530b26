package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.Faults.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One store: every request goes through the same lock, so that rate and faults are exact. */
final class SandboxStore {

    private final String id;
    private final String secret;
    private final Duration tokenLifetime;
    private final SlidingWindow window;
    private final CustomerBook book;
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);
    private Faults faults = Faults.NONE;

    SandboxStore(String id, String secret, SandboxSettings settings) {
        this.id = id;
        this.secret = secret;
        this.tokenLifetime = settings.tokenLifetime();
        this.window = new SlidingWindow(settings.requestsPerSecond());
        this.book = new CustomerBook(settings.visibilityDelay());
    }

    synchronized Reply handle(SandboxRequest request, Instant now) {
        count(Counter.REQUESTS);
        boolean inTime = window.tryTake(now);
        Reply reply = inTime ? answer(request, now) : counted(Counter.THROTTLED, Reply.error(429, "too many requests"));
        return reply.with(window.headers(now)).after(Duration.ofMillis(faults.latencyMillis()));
    }

    private Reply answer(SandboxRequest request, Instant now) {
        Failing next = faults.next();
        if (next != null
                && next.count() > 0
                && (next.only() == null || next.only().equals(request.method()))) {
            faults = faults.withNext(next.oneLess());
            return counted(Counter.FAULTS, failure(next));
        }
        String call = request.method() + " " + request.resource();
        if (call.equals("POST access_tokens")) {
            return issueToken(request, now);
        }
        if (!call.equals("PATCH customers") && !call.equals("GET customers")) {
            return counted(Counter.REFUSED, Reply.error(404, "no such resource"));
        }
        if (!isGood(request.token(), now)) {
            return counted(Counter.UNAUTHORIZED, Reply.error(401, "the access token is missing, unknown or expired"));
        }
        return request.method().equals("GET") ? retrieve(request, now) : upsert(request, now);
    }

    private static Reply failure(Failing next) {
        Reply reply = next.body() == null
                ? Reply.error(next.status(), "a fault on request")
                : Reply.of(next.status(), next.body());
        return reply.with(next.headers()).after(Duration.ofMillis(next.delayMillis()));
    }

    private Reply issueToken(SandboxRequest request, Instant now) {
        JsonNode body = json(request);
        if (body == null || !body.path("secret").isTextual()) {
            return counted(Counter.REFUSED, Reply.error(400, "the body must be {\"secret\": \"...\"}"));
        }
        if (!body.path("secret").asText().equals(secret)) {
            return counted(Counter.UNAUTHORIZED, Reply.error(401, "wrong secret"));
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, now.plus(tokenLifetime));
        ObjectNode answer = Json.MAPPER.createObjectNode().put("access_token", token);
        return counted(Counter.TOKENS, Reply.of(200, answer.toString()));
    }

    private boolean isGood(@Nullable String token, Instant now) {
        Instant end = token == null ? null : tokens.get(token);
        return end != null && now.isBefore(end);
    }

    private Reply upsert(SandboxRequest request, Instant now) {
        if (!isJson(request)) {
            return counted(Counter.REFUSED, Reply.error(415, "the content type must be application/json"));
        }
        JsonNode body = json(request);
        List<String> problems = CustomerContract.problems(body);
        if (body == null || !problems.isEmpty()) {
            return counted(Counter.REFUSED, Reply.error(400, problems));
        }
        JsonNode customer = body.path("customer");
        Refusal refusal = faults.refuse().get(customer.path("external_id").asText());
        if (refusal != null) {
            String message = refusal.message() == null ? "refused on request" : refusal.message();
            return counted(Counter.REFUSED, Reply.error(refusal.status(), message));
        }
        countDeprecated(customer);
        count(Counter.UPSERTS);
        if (faults.dropEvery() > 0 && counter(Counter.UPSERTS) % faults.dropEvery() == 0) {
            return counted(Counter.DROPPED, Reply.of(200, "{}"));
        }
        if (!book.upsert(customer, now)) {
            count(Counter.UNCHANGED);
        }
        return Reply.of(200, "{}");
    }

    private void countDeprecated(JsonNode customer) {
        if (customer.hasNonNull("phone_number")) {
            count(Counter.DEPRECATED_PHONE_NUMBER);
        }
        if (customer.hasNonNull("custom_properties")) {
            count(Counter.DEPRECATED_CUSTOM_PROPERTIES);
        }
    }

    private Reply retrieve(SandboxRequest request, Instant now) {
        RetrieveQuery query;
        try {
            query = RetrieveQuery.parse(request.query());
        } catch (IllegalArgumentException e) {
            return counted(Counter.REFUSED, Reply.error(400, String.valueOf(e.getMessage())));
        }
        List<Map.Entry<Long, JsonNode>> found = new ArrayList<>(book.visible(query.after(), query::matches, now)
                .limit(query.limit() + 1L)
                .toList());
        String nextPage = null;
        if (found.size() > query.limit()) {
            found.remove(query.limit());
            nextPage = query.next(found.get(found.size() - 1).getKey());
        }
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putArray("customers")
                .addAll(found.stream().map(Map.Entry::getValue).toList());
        answer.putObject("pagination").put("next_page_info", nextPage);
        return counted(Counter.LOOKUPS, Reply.of(200, answer.toString()));
    }

    private static boolean isJson(SandboxRequest request) {
        String type = request.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static @Nullable JsonNode json(SandboxRequest request) {
        return isJson(request) ? Json.object(request.body()) : null;
    }

    private void count(Counter counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    private Reply counted(Counter counter, Reply reply) {
        count(counter);
        return reply;
    }

    synchronized long counter(Counter counter) {
        return counters.getOrDefault(counter, 0L);
    }

    synchronized void faults(Faults value) {
        faults = value;
    }

    synchronized void requestsPerSecond(int value) {
        window.limit(value);
    }

    synchronized void expireTokens() {
        tokens.clear();
    }

    synchronized Optional<HeldCustomer> find(String externalId) {
        return Optional.ofNullable(book.find(externalId));
    }

    synchronized void reset() {
        faults = Faults.NONE;
        window.clear();
        counters.clear();
        book.clear();
    }

    synchronized StoreView view(int limit) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            counts.put(counter.name().toLowerCase(Locale.ROOT), counter(counter));
        }
        return new StoreView(
                id,
                window.limit(),
                faults,
                counts,
                book.size(),
                book.held().limit(limit).toList());
    }
}
