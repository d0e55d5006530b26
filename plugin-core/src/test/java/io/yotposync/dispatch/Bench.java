package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreCredentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A dispatcher of two stores on a fake Yotpo, with time in the test's hands. */
final class Bench {

    static final StoreKey EU = new StoreKey("eu");
    static final StoreKey US = new StoreKey("us");
    static final Credentials EU_SECRET = new Credentials("app-eu", "secret-eu");

    final ManualThreads threads = new ManualThreads();
    final FakeYotpo yotpo = new FakeYotpo();
    final StoreStates states;
    final StoreCredentials credentials = new StoreCredentials();
    final List<String> told = new ArrayList<>();
    final List<Duration> took = new ArrayList<>();
    final List<String> observed = new ArrayList<>();
    final Outbox outbox;
    final Dispatcher dispatcher;
    private final Stores stores;

    Bench() {
        this(outbox -> outbox, StoreStates.inMemory());
    }

    Bench(SendingSettings sending) {
        this(outbox -> outbox, StoreStates.inMemory(), sending);
    }

    Bench(UnaryOperator<Outbox> around, StoreStates states) {
        this(around, states, unlimited(SendingSettings.DEFAULTS));
    }

    private static SendingSettings unlimited(SendingSettings d) {
        return new SendingSettings(
                d.baseUrl(),
                0,
                3,
                d.connectTimeout(),
                d.requestTimeout(),
                d.settle(),
                d.retryDelay(),
                d.maxRetryDelay(),
                d.lease());
    }

    private Bench(UnaryOperator<Outbox> around, StoreStates states, SendingSettings sending) {
        this.states = states;
        outbox = around.apply(Outbox.inMemory(10_000, (claim, before) -> claim.payload()));
        stores = new Stores(List.of(
                StoreSettings.of(EU, EU_SECRET).withSending(sending),
                StoreSettings.of(US, new Credentials("app-us", "secret-us")).withSending(sending)));
        dispatcher = node("one");
    }

    Dispatcher node(String name) {
        SyncListener listener = new Listener();
        Lanes lanes = new Lanes(stores, listener, threads, threads.clock, threads::nanos);
        return lanes.dispatcher(
                new LanePorts(
                        outbox,
                        states,
                        yotpo,
                        listener,
                        threads.clock,
                        credentials,
                        ClaimPayloads.kept(),
                        this::observe),
                new DispatchSettings(name, Duration.ofSeconds(1)));
    }

    Instant now() {
        return threads.clock.instant();
    }

    static CustomerKey key(StoreKey store, String id) {
        return new CustomerKey(store, id);
    }

    /** A customer is saved and, with that, due. */
    void save(StoreKey store, String id, String content) {
        save(store, id, content, null);
    }

    void save(StoreKey store, String id, String content, @Nullable Contact contact) {
        Desired state = new Desired(
                key(store, id),
                id + "=" + content,
                Fingerprint.of(content),
                now().toEpochMilli(),
                Origin.LIVE,
                now(),
                contact);
        outbox.upsert(List.of(state), now());
        dispatcher.wake(store, now());
    }

    /** More than may be under way at once. */
    void fiveCustomers() {
        for (int i = 1; i <= 5; i++) {
            save(EU, "c" + i, "a");
        }
    }

    /** The body that was acknowledged last. */
    String acknowledged(StoreKey store, String id) {
        CustomerKey key = new CustomerKey(store, id);
        return String.valueOf(
                Objects.requireNonNull(outbox.marks(List.of(key)).get(key)).acknowledgedFields());
    }

    LedgerRow row(StoreKey store, String id) {
        return outbox.find(key(store, id)).orElseThrow();
    }

    List<String> sent() {
        return yotpo.sends.stream().map(FakeYotpo.Send::body).toList();
    }

    void start() {
        dispatcher.start();
        threads.settle();
    }

    private Consumer<@Nullable Outcome> observe(CustomerKey customer) {
        observed.add("begins " + customer);
        return outcome -> observed.add(customer
                + (outcome == null ? " given up" : " " + outcome.getClass().getSimpleName()));
    }

    private final class Listener implements SyncListener {

        @Override
        public void delivered(CustomerKey customer, Duration took) {
            Bench.this.took.add(took);
            told.add("delivered " + customer);
        }

        @Override
        public void superseded(CustomerKey customer) {
            told.add("superseded " + customer);
        }

        @Override
        public void retrying(CustomerKey customer, Failure failure, Instant at) {
            told.add("retrying " + customer);
        }

        @Override
        public void parked(CustomerKey customer, Failure failure) {
            told.add("parked " + customer);
        }

        @Override
        public void waiting(StoreKey store, Failure failure, Instant until) {
            told.add("waiting " + store + " " + Duration.between(now(), until).toMillis());
        }

        @Override
        public void held(StoreKey store, Failure failure) {
            told.add("held " + store);
        }

        @Override
        public void released(StoreKey store) {
            told.add("released " + store);
        }

        @Override
        public void outage(StoreKey store) {
            told.add("outage " + store);
        }

        @Override
        public void recovered(StoreKey store) {
            told.add("recovered " + store);
        }
    }
}
