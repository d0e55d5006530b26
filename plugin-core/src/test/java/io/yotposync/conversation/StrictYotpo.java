package io.yotposync.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Yotpo on a loopback port, as strict as it can be: tokens, a sliding second that counts every call, and ills on request. */
final class StrictYotpo implements AutoCloseable {

    /** An answer; a status of 0 hangs up without one, a negative one breaks off in the middle of it. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        static Answer hangUp() {
            return of(0, "");
        }

        static Answer breakOff() {
            return of(-200, "{\"half\":");
        }
    }

    record Request(String method, String path, String token, String body, String customer) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND = 1_000_000_000L;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "strict-yotpo");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Long> window = new ArrayDeque<>();
    private final Set<String> tokens = new HashSet<>();
    private final Map<String, JsonNode> customers = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final List<Request> log = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
    private volatile int limit;
    private volatile String secret = "secret";
    private volatile Function<Request, @Nullable Answer> ill = request -> null;
    private int issued;
    private int throttled;
    private int overlaps;
    private int unauthorized;

    StrictYotpo(int limit) {
        this.limit = limit;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("X-Yotpo-Token"));
        JsonNode customer = JSON.readTree(body).path("customer");
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                token,
                body,
                customer.path("external_id").asText());
        log.add(request);
        boolean first = request.customer.isEmpty() || underWay.add(request.customer);
        int left = take(now, first);
        try {
            Answer answer = left < 0 ? Answer.of(429, "{}") : ill.apply(request);
            if (answer == null) {
                answer = answer(request, customer);
            }
            if (limit > 0) {
                exchange.getResponseHeaders().set("RateLimit-Remaining", "" + Math.max(0, left));
                exchange.getResponseHeaders().set("RateLimit-Reset", "1");
            }
            underWay.remove(request.customer);
            write(exchange, answer);
        } finally {
            underWay.remove(request.customer);
            exchange.close();
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status == 0) {
            return;
        }
        answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        boolean half = answer.status < 0;
        exchange.sendResponseHeaders(Math.abs(answer.status), half ? 1000 : bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            out.flush();
        }
    }

    private synchronized int take(long now, boolean first) {
        overlaps += first ? 0 : 1;
        while (!window.isEmpty() && window.getFirst() <= now - SECOND) {
            window.removeFirst();
        }
        if (limit > 0 && window.size() >= limit) {
            throttled++;
            return -1;
        }
        window.addLast(now);
        arrivals.add(now);
        return Math.max(0, limit - window.size());
    }

    private synchronized Answer answer(Request request, JsonNode customer) {
        if (request.path.endsWith("/access_tokens")) {
            if (!request.body.contains("\"" + secret + "\"")) {
                unauthorized++;
                return Answer.of(401, "{\"errors\":[{\"message\":\"wrong secret\"}]}");
            }
            String token = "token-" + ++issued;
            tokens.add(token);
            return Answer.of(200, "{\"access_token\":\"" + token + "\"}");
        }
        if (!tokens.contains(request.token)) {
            unauthorized++;
            return Answer.of(401, "");
        }
        customers.put(request.customer, customer);
        return Answer.of(200, "{}");
    }

    void secret(String value) {
        secret = value;
    }

    void limit(int value) {
        limit = value;
    }

    /** What goes wrong; {@code null} for what goes right. */
    void ill(Function<Request, @Nullable Answer> with) {
        ill = with;
    }

    synchronized void expireTokens() {
        tokens.clear();
    }

    synchronized void expireTokens(String one) {
        tokens.remove(one);
    }

    synchronized int issued() {
        return issued;
    }

    synchronized int throttled() {
        return throttled;
    }

    synchronized int unauthorized() {
        return unauthorized;
    }

    /** How often a customer had a second request under way at once. */
    synchronized int overlaps() {
        return overlaps;
    }

    Map<String, JsonNode> customers() {
        return new LinkedHashMap<>(customers);
    }

    List<Request> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    List<Request> patches() {
        return log().stream().filter(each -> each.method.equals("PATCH")).toList();
    }

    /** When the requests came that were not too many; nanoseconds. */
    List<Long> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
