package io.yotposync.conversation;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.Preparation;
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
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** The whole way in memory, from a snapshot to two Yotpo stores; every customer goes to both. */
final class Shop implements AutoCloseable {

    static final StoreKey EU = new StoreKey("eu");
    static final StoreKey US = new StoreKey("us");

    final Outbox outbox = Outbox.inMemory(10_000);
    final StoreStates states = StoreStates.inMemory();
    final Dispatcher dispatcher;
    private final CustomerSync sync;
    private final RecentUpserts recent = new RecentUpserts(RecentSettings.DEFAULTS, false, Ticker.systemTicker());

    Shop(URI eu, URI us) {
        Stores stores = new Stores(List.of(store(EU, eu, "EUR", "de"), store(US, us, "USD", "en")));
        ScheduledExecutorService threads = SyncThreads.create();
        Clock clock = Clock.systemUTC();
        SyncListener listener = SyncListener.all(List.of(new LoggingListener(), new SyncListener() {
            @Override
            public void parked(CustomerKey customer, Failure failure) {
                recent.forget(customer);
            }
        }));
        Lanes lanes = new Lanes(stores, listener, threads);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        dispatcher = lanes.dispatcher(
                new LanePorts(outbox, states, new HttpYotpoClient(http, lanes, clock), listener, clock),
                new DispatchSettings("node", Duration.ofMillis(100), Duration.ofSeconds(1)));
        PhoneNumbers phones = PhoneNumbers.standard();
        sync = new CustomerSync(
                new StoreSwitch(stores, states),
                new Preparation(new CustomerIdentifier(phones), new PayloadMapper(stores, phones, List.of()), clock),
                recent,
                HandOver.direct(outbox, clock, HandOverListener.none()),
                listener);
        dispatcher.start();
    }

    private static StoreSettings store(StoreKey key, URI url, String currency, String language) {
        SendingSettings sending = new SendingSettings(
                url,
                0,
                5,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                Duration.ofSeconds(30));
        return StoreSettings.of(key, new Credentials("app-" + key, "s3cr3t-canary-" + key))
                .withSite(StoreSettings.EVERY_SITE)
                .withMapping(new MappingSettings(currency, language, null, Map.of(), false, null, null, "1"))
                .withSending(sending);
    }

    static CustomerSnapshot.Builder customer(String id) {
        return CustomerSnapshot.of(id)
                .registered(true)
                .email(id + "@canary.example")
                .name("Canaria", "Vogel");
    }

    void save(CustomerSnapshot.Builder customer) {
        sync.accept(customer.build());
    }

    LedgerRow row(StoreKey store, String id) {
        return outbox.find(new CustomerKey(store, id)).orElseThrow();
    }

    @Override
    public void close() {
        dispatcher.stop();
    }
}
