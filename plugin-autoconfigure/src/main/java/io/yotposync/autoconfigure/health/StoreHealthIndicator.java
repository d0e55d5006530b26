package io.yotposync.autoconfigure.health;

import io.yotposync.store.StoreKey;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** DOWN only for what an operator must act on. */
record StoreHealthIndicator(StoreKey store, StoreCondition.Source conditions) implements HealthIndicator {

    @Override
    public Health health() {
        StoreCondition now = conditions.of(store);
        Health.Builder answer = now.up() ? new Health.Builder().up() : new Health.Builder().down();
        return answer.withDetails(now.details()).build();
    }
}
