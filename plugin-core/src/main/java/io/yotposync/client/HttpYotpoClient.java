package io.yotposync.client;

import io.yotposync.store.Credentials;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Speaks to Yotpo with the JDK's client. A rejected token is refreshed once and the request repeated once; a second
 * rejection, straight after a fresh token, is a matter of credentials. A customer that is refused for one optional field
 * is sent once more without it.
 */
public final class HttpYotpoClient implements YotpoClient, AutoCloseable {

    private final Map<Credentials, TokenCache> tokens = new ConcurrentHashMap<>();
    private final Map<StoreKey, Credentials> latest = new ConcurrentHashMap<>();
    private final JdkClient jdk;
    private final YotpoHttp http;
    private final TokenCall tokenCall;
    private final Clock clock;

    /**
     * @param http must not follow redirects: they would carry the token to another host; nor have an authenticator that
     *     answers others than proxies, or whoever asks for a login is given it
     */
    public HttpYotpoClient(HttpClient http, RequestGuard guard, Clock clock) {
        // The JDK's client completes on threads of nobody's name where it can.
        this(new JdkClient(http), http.executor().orElse(Runnable::run), guard, clock);
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
    }

    private HttpYotpoClient(JdkClient http, Executor threads, RequestGuard guard, Clock clock) {
        this.jdk = http;
        this.http = new YotpoHttp(http, threads, guard);
        this.tokenCall = new TokenCall(this.http, clock);
        this.clock = clock;
    }

    /**
     * With a connection pool of its own, until it is closed.
     *
     * @param threads answers are read on these
     */
    public static HttpYotpoClient create(Stores stores, RequestGuard guard, Executor threads, Clock clock) {
        JdkClient http = JdkClient.onFirstUse(
                threads,
                tasks -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(longestConnectTimeout(stores))
                        .executor(tasks));
        return new HttpYotpoClient(http, threads, guard, clock);
    }

    /** The JDK's client has one for all; each store's own request time-out still holds. */
    private static Duration longestConnectTimeout(Stores stores) {
        return stores.all().stream()
                .map(store -> store.sending().connectTimeout())
                .max(Comparator.naturalOrder())
                .orElse(SendingSettings.DEFAULTS.connectTimeout());
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

    /** Gives up what is under way, and makes no further request: each fails. Any thread, also twice; waits for nothing. */
    @Override
    public void close() {
        jdk.close();
    }
}
