package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes single requests through the guard; knows URLs and headers, but not what answers mean. */
final class YotpoHttp {

    private static final String AGENT = "yotpo-customer-sync/" + version();

    private final HttpClient http;
    private final RequestGuard guard;

    YotpoHttp(HttpClient http, RequestGuard guard) {
        this.http = http;
        this.guard = guard;
    }

    CompletableFuture<HttpReply> send(
            StoreSettings store, String method, String resource, String body, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(store, resource))
                .timeout(store.sending().requestTimeout())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", AGENT)
                .header("X-Yotpo-User-Agent", AGENT)
                .method(method, BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Yotpo-Token", token);
        }
        AtomicReference<@Nullable CompletableFuture<HttpResponse<String>>> exchange = new AtomicReference<>();
        CompletableFuture<HttpReply> reply = guard.run(store, () -> {
            CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request.build(), info -> new BoundedBody());
            exchange.set(sent);
            return sent.thenApply(
                    response -> new HttpReply(response.statusCode(), response.headers(), response.body()));
        });
        return reply.whenComplete((done, fault) -> hangUp(fault, exchange.get()));
    }

    /** A request that the guard gave up must not go on by itself. */
    private static void hangUp(@Nullable Throwable fault, @Nullable CompletableFuture<?> exchange) {
        if (fault != null && exchange != null) {
            exchange.cancel(true);
        }
    }

    private static URI url(StoreSettings store, String resource) {
        String base = store.sending().baseUrl().toString();
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        String id = URLEncoder.encode(store.credentials().appKey(), StandardCharsets.UTF_8);
        return URI.create(trimmed + "/core/v3/stores/" + id + "/" + resource);
    }

    private static String version() {
        String version = YotpoHttp.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
