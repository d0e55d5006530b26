package io.yotposync.autoconfigure.health;

import io.yotposync.store.StoreKey;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The same on the lines from 4.0, which moved the classes. */
record Boot4StoreHealthIndicator(StoreKey store, StoreCondition.Source conditions) implements HealthIndicator {

    @Override
    public Health health() {
        StoreCondition now = conditions.of(store);
        Health.Builder answer = now.up() ? new Health.Builder().up() : new Health.Builder().down();
        return answer.withDetails(now.details()).build();
    }
}
