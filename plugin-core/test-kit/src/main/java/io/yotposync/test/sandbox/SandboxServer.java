package io.yotposync.test.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The sandbox on a free port of the loopback interface, by the JDK's own server. Thread-safe. */
public final class SandboxServer implements AutoCloseable {

    private static final String PATH = "/core/v3/stores/";
    private static final int THREADS = 8;

    private final YotpoSandbox sandbox;
    private final HttpServer http;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "yotpo-sandbox");
        thread.setDaemon(true);
        return thread;
    });

    private SandboxServer(YotpoSandbox sandbox, int port) {
        this.sandbox = sandbox;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Answers from now on until it is closed, on a free port. */
    public static SandboxServer start(YotpoSandbox sandbox) {
        return start(sandbox, 0);
    }

    /**
     * The same on a port of one's own.
     *
     * @param port 0 for a free one
     */
    public static SandboxServer start(YotpoSandbox sandbox, int port) {
        SandboxServer server = new SandboxServer(sandbox, port);
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    /** What to set {@code yotpo.sync.defaults.base-url} to. */
    public URI url() {
        return URI.create("http://localhost:" + http.getAddress().getPort());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange is closed whatever happens to it
    private void handle(HttpExchange exchange) throws IOException {
        Reply reply = sandbox.handle(request(exchange));
        try {
            threads.schedule(() -> answer(exchange, reply), reply.delay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            exchange.close();
        }
    }

    private static SandboxRequest request(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String[] parts = path.startsWith(PATH) ? path.substring(PATH.length()).split("/", 2) : new String[] {};
        return new SandboxRequest(
                exchange.getRequestMethod(),
                parts.length == 2 ? parts[0] : "",
                parts.length == 2 ? parts[1] : path,
                exchange.getRequestHeaders().getFirst("X-Yotpo-Token"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                query(exchange.getRequestURI().getRawQuery()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException hungUp) {
            // Nobody is left to be told.
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
