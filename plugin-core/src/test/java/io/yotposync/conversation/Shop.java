package io.yotposync.conversation;

import io.yotposync.YotpoSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The whole way in memory, from a snapshot to two Yotpo stores; every customer goes to both. */
final class Shop implements AutoCloseable {

    static final StoreKey EU = new StoreKey("eu");
    static final StoreKey US = new StoreKey("us");

    final Outbox outbox = Outbox.inMemory(10_000);
    final StoreStates states = StoreStates.inMemory();
    private final YotpoSync sync;

    Shop(URI eu, URI us) {
        sync = YotpoSync.builder()
                .store(store(EU, eu, "EUR", "de"))
                .store(store(US, us, "USD", "en"))
                .outbox(outbox, states)
                .drain(Duration.ofSeconds(1))
                .start();
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
        sync.close();
    }
}
