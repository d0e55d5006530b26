package io.yotposync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Yotpo without a rate limit that takes everything and counts how often each customer came. Loopback only. */
final class CountingYotpo implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"external_id\":\"(\\d+)\"");

    private final HttpServer server;
    private final AtomicIntegerArray seen;
    final AtomicLong upserts = new AtomicLong();

    CountingYotpo(int customers) throws IOException {
        seen = new AtomicIntegerArray(customers + 1);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = ID.matcher(body);
        if (id.find()) {
            seen.incrementAndGet(Integer.parseInt(id.group(1)));
            upserts.incrementAndGet();
        }
        byte[] answer = "{\"access_token\":\"token\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** How many customers came never, and how many came more than once. */
    String tally() {
        int never = 0;
        int again = 0;
        for (int id = 1; id < seen.length(); id++) {
            never += seen.get(id) == 0 ? 1 : 0;
            again += seen.get(id) > 1 ? 1 : 0;
        }
        return "upserts " + upserts + ", never " + never + ", more than once " + again;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
