package io.yotposync;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.DispatchSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LanePorts;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.observe.LoggingListener;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.Credentials;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The whole way from a snapshot to Yotpo in one object, for a host without Spring Boot. Thread-safe. It runs on two
 * daemon threads of its own, three with a durable outbox, until it is closed.
 */
public final class YotpoSync implements AutoCloseable {

    private final CustomerSync customers;
    private final StoreSwitch stores;
    private final Outbox outbox;
    private final HandOver handOver;
    private final Dispatcher dispatcher;
    private final HttpYotpoClient client;
    private final ScheduledExecutorService threads = SyncThreads.create();
    private final Clock clock = Clock.systemUTC();
    private final Duration drain;

    private YotpoSync(Builder settings) {
        Stores known = settings.stores();
        PhoneNumbers phones = PhoneNumbers.standard();
        PayloadMapper mapper = new PayloadMapper(known, phones, settings.customizers);
        outbox = settings.outbox;
        drain = settings.drain;
        stores = new StoreSwitch(known, settings.states);
        RecentUpserts recent = new RecentUpserts(RecentSettings.DEFAULTS, outbox.durable(), Ticker.systemTicker());
        SyncListener listener = ForgetRefused.after(settings.listeners, recent);
        Lanes lanes = new Lanes(known, listener, threads);
        client = HttpYotpoClient.create(known, lanes, threads, clock);
        dispatcher = lanes.dispatcher(
                new LanePorts(outbox, settings.states, client, listener, clock, settings.credentials),
                new DispatchSettings(UUID.randomUUID().toString(), DispatchSettings.DEFAULT_POLL));
        HandOverListener reaction = dispatcher.handOverListener(listener, List.of());
        handOver = outbox.durable()
                ? HandOver.groupCommit(outbox, clock, GroupCommitSettings.standard(), reaction, threads)
                : HandOver.direct(outbox, clock, reaction);
        customers = new CustomerSync(
                stores, new Preparation(new CustomerIdentifier(phones), mapper, clock), recent, handOver, listener);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Makes sure that Yotpo comes to know this state; see {@link CustomerSync#accept}. */
    public void accept(CustomerSnapshot customer) {
        customers.accept(customer);
    }

    /** The same, for a caller who wants to hear when it is durable. */
    public CustomerSync customers() {
        return customers;
    }

    /** Switches stores at run time. */
    public StoreSwitch stores() {
        return stores;
    }

    /** What is desired of each customer, and what Yotpo acknowledged. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Writes and sends what it can, and ends its threads; returns after about the drain at most. What is accepted later is
     * not sent: an outbox in memory refuses it, to a durable one it is still written.
     */
    @Override
    public void close() {
        Instant end = clock.instant().plus(drain);
        handOver.close(drain);
        dispatcher.stop(Duration.between(clock.instant(), end));
        client.close();
        SyncThreads.end(threads);
    }

    /** Collects what to start with; not thread-safe. */
    public static final class Builder {

        private static final int MAX_ROWS = 100_000;

        private final List<StoreSettings> stores = new ArrayList<>();
        private final List<CustomerPayloadCustomizer> customizers = new ArrayList<>();
        private final List<SyncListener> listeners = new ArrayList<>();
        private Outbox outbox = Outbox.inMemory(MAX_ROWS);
        private StoreStates states = StoreStates.inMemory();
        private CredentialsSource credentials = CredentialsSource.configured();
        private Duration drain = Duration.ofSeconds(10);
        private @Nullable URI baseUrl;

        private Builder() {
            listeners.add(new LoggingListener());
        }

        /** A store with all defaults. */
        public Builder store(String key, String appKey, String secret) {
            return store(StoreSettings.of(new StoreKey(key), new Credentials(appKey, secret)));
        }

        public Builder store(StoreSettings store) {
            stores.add(store);
            return this;
        }

        /**
         * Asked before each send, so that a secret can be changed without a restart; if this is not called, those of the
         * stores hold for ever.
         */
        public Builder credentials(CredentialsSource source) {
            credentials = source;
            return this;
        }

        /** Where Yotpo answers, for every store; its own address if this is not called. */
        public Builder baseUrl(URI url) {
            baseUrl = url;
            return this;
        }

        /** Where states are kept; in memory, up to {@value #MAX_ROWS} customers, if this is not called. */
        public Builder outbox(Outbox value, StoreStates statesOfTheStores) {
            outbox = value;
            states = statesOfTheStores;
            return this;
        }

        /** Applied after the standard mapping, in the order in which they are added. */
        public Builder customizer(CustomerPayloadCustomizer customizer) {
            customizers.add(customizer);
            return this;
        }

        /** Told what happens, beside the log. */
        public Builder listener(SyncListener listener) {
            listeners.add(listener);
            return this;
        }

        /** How long closing waits for what is under way; 10 seconds if this is not called. */
        public Builder drain(Duration atMost) {
            drain = atMost;
            return this;
        }

        /**
         * Starts sending.
         *
         * @throws io.yotposync.store.InvalidSettingException if the stores cannot be as they are
         */
        public YotpoSync start() {
            states.refresh();
            YotpoSync sync = new YotpoSync(this);
            sync.dispatcher.start();
            return sync;
        }

        private Stores stores() {
            URI url = baseUrl;
            return new Stores(
                    url == null
                            ? stores
                            : stores.stream()
                                    .map(store ->
                                            store.withSending(store.sending().withBaseUrl(url)))
                                    .toList());
        }
    }
}
