package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to Yotpo with the JDK's client. A rejected token is refreshed once and the request repeated once; a second
 * rejection, straight after a fresh token, is a matter of credentials.
 */
public final class HttpYotpoClient implements YotpoClient {

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Credentials, TokenCache> tokens = new ConcurrentHashMap<>();
    private final YotpoHttp http;
    private final Clock clock;

    /** @param http must not follow redirects: they would carry the token to another host */
    public HttpYotpoClient(HttpClient http, RequestGuard guard, Clock clock) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.http = new YotpoHttp(http, guard);
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Outcome> upsert(StoreSettings store, String body) {
        return attempt(store, body, null).exceptionally(Outcomes::of);
    }

    private CompletableFuture<Outcome> attempt(StoreSettings store, String body, @Nullable String rejected) {
        TokenCache cache = tokens.computeIfAbsent(store.credentials(), key -> new TokenCache(() -> fetchToken(store)));
        return cache.token(rejected).thenCompose(reply -> {
            String token = reply.token();
            if (token == null) {
                Outcome failure = reply.failure();
                return CompletableFuture.completedFuture(failure != null ? failure : noToken(0));
            }
            return patch(store, body, token, rejected == null);
        });
    }

    private CompletableFuture<Outcome> patch(StoreSettings store, String body, String token, boolean mayRefresh) {
        return http.send(store, "PATCH", "customers", body, token).thenCompose(reply -> {
            if (reply.rejectsToken() && mayRefresh) {
                return attempt(store, body, token);
            }
            return CompletableFuture.completedFuture(Outcomes.of(reply, body, clock.instant()));
        });
    }

    private CompletableFuture<TokenReply> fetchToken(StoreSettings store) {
        String body = json.createObjectNode()
                .put("secret", store.credentials().secret())
                .toString();
        return http.send(store, "POST", "access_tokens", body, null)
                .thenApply(reply -> readToken(reply, body))
                .exceptionally(fault -> TokenReply.failed(Outcomes.of(fault)));
    }

    private TokenReply readToken(HttpReply reply, String sent) {
        if (reply.isSuccess()) {
            String token = token(reply.body());
            return token == null ? TokenReply.failed(noToken(reply.status())) : TokenReply.of(token);
        }
        Outcome outcome = Outcomes.of(reply, sent, clock.instant());
        if (outcome instanceof Outcome.Refused || outcome instanceof Unauthorized) {
            String reason = "Yotpo gave no token for this app key and secret";
            return TokenReply.failed(new Unauthorized(new Failure(FailureClass.CREDENTIALS, reply.status(), reason)));
        }
        return TokenReply.failed(outcome);
    }

    private @Nullable String token(String body) {
        try {
            JsonNode token = json.readTree(body).path("access_token");
            String text = token.isTextual() ? token.asText().strip() : "";
            boolean usable = !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
            return usable ? text : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private static Outcome noToken(int status) {
        return new Outage(new Failure(FailureClass.OUTAGE, status, "Yotpo's token answer held no token"));
    }
}
