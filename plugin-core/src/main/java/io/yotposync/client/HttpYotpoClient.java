package io.yotposync.client;

import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Speaks to Yotpo with the JDK's client. A rejected token is refreshed once and the request repeated once; a second
 * rejection, straight after a fresh token, is a matter of credentials. A customer that is refused for one optional field
 * is sent once more without it.
 */
public final class HttpYotpoClient implements YotpoClient {

    private final Map<Credentials, TokenCache> tokens = new ConcurrentHashMap<>();
    private final Map<StoreKey, Credentials> latest = new ConcurrentHashMap<>();
    private final YotpoHttp http;
    private final TokenCall tokenCall;
    private final Clock clock;

    /** @param http must not follow redirects: they would carry the token to another host */
    public HttpYotpoClient(HttpClient http, RequestGuard guard, Clock clock) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.http = new YotpoHttp(http, guard);
        this.tokenCall = new TokenCall(this.http, clock);
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Outcome> upsert(StoreSettings store, String body) {
        return new Conversation(store, tokensOf(store), http, clock).about(body);
    }

    /** Looks customers up with the same tokens and the same guard. */
    public CustomerLookup lookup() {
        return new HttpCustomerLookup(http, this::tokensOf, clock);
    }

    /** Stores that share an account share its token; the token of replaced credentials is forgotten. */
    private TokenCache tokensOf(StoreSettings store) {
        Credentials credentials = store.credentials();
        Credentials before = latest.put(store.key(), credentials);
        if (before != null && !before.equals(credentials) && !latest.containsValue(before)) {
            tokens.remove(before);
        }
        return tokens.computeIfAbsent(credentials, any -> new TokenCache(() -> tokenCall.fetch(store), clock));
    }

    @Override
    public Optional<Duration> tokenAge(StoreSettings store) {
        TokenCache cache = tokens.get(store.credentials());
        return cache == null ? Optional.empty() : cache.age();
    }
}
