package io.yotposync.autoconfigure;

import io.yotposync.operator.StoreHealth;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** DOWN only for what an operator must act on. */
final class StoreHealthIndicator implements HealthIndicator {

    private final StoreKey store;
    private final StoreSwitch stores;
    private final StoreHealth health;
    private final boolean durable;

    /** @param durable whether what waits survives the end of the process */
    StoreHealthIndicator(StoreKey store, StoreSwitch stores, StoreHealth health, boolean durable) {
        this.store = store;
        this.stores = stores;
        this.health = health;
        this.durable = durable;
    }

    @Override
    public Health health() {
        Health.Builder answer = new Health.Builder().up();
        Stream.of(
                        health.trouble(store).map(what -> "store " + what),
                        health.outboxTrouble().map(what -> "outbox " + what))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(trouble -> answer.down().withDetail("trouble", trouble));
        return answer.withDetail("enabled", stores.isEnabled(stores.stores().get(store)))
                .withDetail("paused", stores.state(store).paused())
                .withDetail("outbox", durable ? "durable" : "memory, not durable")
                .build();
    }
}
