package io.yotposync.conversation;

import static org.awaitility.Awaitility.await;

import io.yotposync.client.HttpYotpoClient;
import io.yotposync.dispatch.DispatchSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LanePorts;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreCredentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/** One node with one store, as the auto-configuration puts it together. */
final class Node implements AutoCloseable {

    static final StoreKey STORE = new StoreKey("default");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Outbox outbox;
    final StoreStates states;
    final StoreCredentials credentials = new StoreCredentials();
    final Dispatcher dispatcher;
    private final ScheduledExecutorService threads = SyncThreads.create();

    Node(URI yotpo, double rate, int inFlight) {
        this(yotpo, rate, inFlight, Duration.ofSeconds(2));
    }

    Node(URI yotpo, double rate, int inFlight, Duration timeout) {
        // Whole bodies are remembered, so that a test sees what was acknowledged.
        this(
                "node",
                Outbox.inMemory(100_000, (claim, before) -> claim.payload()),
                StoreStates.inMemory(),
                yotpo,
                rate,
                inFlight,
                timeout);
    }

    /** One of several nodes that share an outbox. */
    Node(String name, Outbox outbox, StoreStates states, URI yotpo) {
        this(name, outbox, states, yotpo, 0, 5, Duration.ofSeconds(2));
    }

    private Node(
            String name, Outbox outbox, StoreStates states, URI yotpo, double rate, int inFlight, Duration timeout) {
        this.outbox = outbox;
        this.states = states;
        SendingSettings sending = new SendingSettings(
                yotpo,
                rate,
                inFlight,
                Duration.ofSeconds(1),
                timeout,
                Duration.ZERO,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
        Stores stores = new Stores(List.of(
                StoreSettings.of(STORE, new Credentials("app", "secret")).withSending(sending)));
        SyncListener quiet = new SyncListener() {};
        Lanes lanes = new Lanes(stores, quiet, threads);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(sending.connectTimeout())
                .executor(threads)
                .build();
        Clock clock = Clock.systemUTC();
        dispatcher = lanes.dispatcher(
                new LanePorts(outbox, states, new HttpYotpoClient(http, lanes, clock), quiet, clock, credentials),
                new DispatchSettings(name, Duration.ofMillis(200)));
    }

    Node start() {
        dispatcher.start();
        return this;
    }

    void save(String id, String more) {
        String body = "{\"customer\":{\"external_id\":\"" + id + "\"" + more + "}}";
        outbox.upsert(
                List.of(new Desired(
                        new CustomerKey(STORE, id),
                        body,
                        Fingerprint.of(body),
                        System.currentTimeMillis(),
                        Origin.LIVE,
                        Instant.now())),
                Instant.now());
        dispatcher.wake(STORE, Instant.now());
    }

    String acknowledged(String id) {
        CustomerKey key = new CustomerKey(STORE, id);
        return String.valueOf(
                Objects.requireNonNull(outbox.marks(List.of(key)).get(key)).acknowledgedFields());
    }

    LedgerRow row(String id) {
        return outbox.find(new CustomerKey(STORE, id)).orElseThrow();
    }

    LedgerCounts counts() {
        return outbox.counts().getOrDefault(STORE, LedgerCounts.NONE);
    }

    void awaitInSync(int customers) {
        await().atMost(PATIENCE).until(() -> counts().inSync() == customers);
    }

    @Override
    public void close() {
        dispatcher.stop(Duration.ofSeconds(1));
        threads.shutdownNow();
    }
}
