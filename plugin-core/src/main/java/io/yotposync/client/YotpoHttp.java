package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes single requests through the guard; knows URLs and headers, but not what answers mean. */
final class YotpoHttp {

    private static final String AGENT = "yotpo-customer-sync/" + version();

    private static final String UNAUTHORIZED = "WWW-Authenticate header missing for response code 401";
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final JdkClient http;
    private final RequestGuard guard;
    private final Executor threads;

    /** @param threads answers are read on these */
    YotpoHttp(JdkClient http, Executor threads, RequestGuard guard) {
        this.http = http;
        this.threads = threads;
        this.guard = guard;
    }

    /**
     * Makes one request. Cancelling the result hangs up, or keeps the request from being made.
     *
     * @param sent its token is empty for the token call itself
     */
    @SuppressWarnings("FutureReturnValueIgnored") // every way it can end is passed on
    CompletableFuture<HttpReply> send(StoreSettings store, String method, String resource, Sent sent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(store, resource))
                .timeout(store.sending().requestTimeout())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", AGENT)
                .header("X-Yotpo-User-Agent", AGENT)
                .method(method, BodyPublishers.ofString(sent.body()));
        if (!sent.token().isEmpty()) {
            request.header("X-Yotpo-Token", sent.token());
        }
        int limit = method.equals("GET") ? BoundedBody.CUSTOMERS : BoundedBody.WORDS;
        AtomicReference<@Nullable CompletableFuture<HttpResponse<String>>> exchange = new AtomicReference<>();
        AtomicBoolean givenUp = new AtomicBoolean();
        CompletableFuture<HttpReply> guarded = guard.run(store, () -> {
            CompletableFuture<HttpResponse<String>> answer = http.send(request.build(), limit);
            exchange.set(answer);
            if (givenUp.get()) {
                JdkClient.hangUp(answer); // between the two
            }
            return answer.thenApplyAsync(
                            response -> new HttpReply(response.statusCode(), response.headers(), response.body()),
                            threads)
                    .exceptionallyCompose(YotpoHttp::unlessUnauthorized);
        });
        CompletableFuture<HttpReply> reply = guarded.copy();
        reply.whenComplete((done, fault) -> {
            if (fault != null) {
                guarded.cancel(true);
                givenUp.set(true);
                JdkClient.hangUp(exchange.get());
            }
        });
        return reply;
    }

    /** A client with an authenticator, as for a proxy, throws a 401 that does not say how to authenticate. */
    private static CompletableFuture<HttpReply> unlessUnauthorized(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof IOException
                        && String.valueOf(cause.getMessage()).contains(UNAUTHORIZED)
                ? CompletableFuture.completedFuture(new HttpReply(401, NO_HEADERS, ""))
                : CompletableFuture.failedFuture(cause);
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
