package io.yotposync.faults;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Customers whose whole content is a version. */
final class Saves {

    static final StoreKey STORE = new StoreKey("eu");
    static final Duration LEASE = Duration.ofSeconds(2);

    private Saves() {}

    static CustomerKey key(String customer) {
        return new CustomerKey(STORE, customer);
    }

    static Desired state(String customer, long version) {
        String content = customer + " " + version;
        return new Desired(
                key(customer), content, Fingerprint.of(content), version, Origin.LIVE, Instant.ofEpochMilli(0));
    }

    static StoreSettings store() {
        return StoreSettings.of(STORE, new Credentials("app", "secret"))
                .withSending(new SendingSettings(
                        URI.create("http://localhost:1"),
                        0,
                        5,
                        Duration.ofMillis(300),
                        Duration.ofMillis(600),
                        Duration.ZERO,
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        LEASE));
    }
}
