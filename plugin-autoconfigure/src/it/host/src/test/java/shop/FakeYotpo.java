package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Gives a token for the secret, and takes customers with it. */
final class FakeYotpo implements AutoCloseable {

    final BlockingQueue<String> patches = new LinkedBlockingQueue<>();
    private final HttpServer server;

    FakeYotpo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/core/v3/stores/app-1/access_tokens", this::token);
        server.createContext("/core/v3/stores/app-1/customers", this::customers);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean known = body(exchange).equals("{\"secret\":\"secret-1\"}");
        answer(exchange, known ? 200 : 401, known ? "{\"access_token\":\"token-1\"}" : "{}");
    }

    private void customers(HttpExchange exchange) throws IOException {
        String body = body(exchange);
        boolean known = "token-1".equals(exchange.getRequestHeaders().getFirst("X-Yotpo-Token"));
        if (known && exchange.getRequestMethod().equals("PATCH")) {
            patches.add(body);
        }
        answer(exchange, known ? 200 : 401, "{}");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
