package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.RequestGuard;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.Credentials;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The client alone, guarded as in earnest, with a few seconds' patience. */
final class Talk implements AutoCloseable {

    static final String BODY = "{\"customer\":{\"external_id\":\"c1\",\"email\":\"canary@personal.example\","
            + "\"first_name\":\"Canaria\",\"address\":{\"zip\":\"89073\",\"country_code\":\"DE\"}}}";

    final StoreSettings store;
    final HttpYotpoClient client;
    private final ScheduledExecutorService threads = SyncThreads.create();

    Talk(URI url) {
        this(url, http -> http);
    }

    /** @param with what else the client is to have */
    Talk(URI url, UnaryOperator<HttpClient.Builder> with) {
        this(url, with, Duration.ofSeconds(3), Clock.systemUTC());
    }

    Talk(URI url, Duration patience) {
        this(url, http -> http, patience, Clock.systemUTC());
    }

    Talk(URI url, Clock clock) {
        this(url, http -> http, Duration.ofSeconds(3), clock);
    }

    private Talk(URI url, UnaryOperator<HttpClient.Builder> with, Duration patience, Clock clock) {
        store = StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", "s3cr3t"))
                .withSending(sendingTo(url, patience));
        RequestGuard guard = new Lanes(new Stores(List.of(store)), new SyncListener() {}, threads);
        HttpClient http = with.apply(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofSeconds(3))
                        .executor(threads))
                .build();
        client = new HttpYotpoClient(http, guard, clock);
    }

    static SendingSettings sendingTo(URI url, Duration patience) {
        SendingSettings d = SendingSettings.DEFAULTS;
        return new SendingSettings(
                url, 0, 50, Duration.ofSeconds(3), patience, d.settle(), d.retryDelay(), d.maxRetryDelay(), d.lease());
    }

    CompletableFuture<Outcome> begin() {
        return client.upsert(store, BODY);
    }

    Outcome send() throws Exception {
        return begin().get(8, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Sends one customer, of whom nothing may be in what comes of it, nor the secret or the token. */
    static Outcome sentTo(URI url) throws Exception {
        try (Talk talk = new Talk(url)) {
            Outcome outcome = talk.send();
            assertThat(outcome.toString()).doesNotContain("canary", "Canaria", "tok-1", "s3cr3t", "89073");
            return outcome;
        }
    }

    static void assertOutage(Outcome outcome, FailureClass kind) {
        assertThat(outcome).isInstanceOf(Outage.class);
        assertThat(((Outage) outcome).failure().kind()).isEqualTo(kind);
    }
}
