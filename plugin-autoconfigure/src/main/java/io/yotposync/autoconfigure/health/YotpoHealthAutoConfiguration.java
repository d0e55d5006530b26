package io.yotposync.autoconfigure.health;

import io.yotposync.autoconfigure.operator.YotpoOperatorAutoConfiguration;
import io.yotposync.operator.StoreHealth;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreSwitch;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health {@code yotpo}, a component a store, on the Boot lines up to 3.5. In a group of its own, {@value #GROUP}, and not
 * in the host's overall health: whatever happens to Yotpo must not take the host out of its load balancer.
 */
@AutoConfiguration(value = "yotpoHealthAutoConfiguration", after = YotpoOperatorAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor")
@ConditionalOnProperty(prefix = "yotpo.sync", name = "enabled", matchIfMissing = true)
public class YotpoHealthAutoConfiguration {

    static final String NAME = "yotpo";
    static final String GROUP = "yotpo-sync";

    /** Apart, so that the classes are named only where they are. */
    @Configuration(value = "yotpoHealthConfiguration", proxyBeanMethods = false)
    @ConditionalOnProperty(name = "management.health.yotpo.enabled", matchIfMissing = true)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "yotpoHealthContributor")
        HealthContributor yotpoHealthContributor(StoreSwitch stores, StoreHealth health, Outbox outbox) {
            StoreCondition.Source conditions = new StoreCondition.Source(stores, health, outbox.durable());
            return CompositeHealthContributor.fromMap(
                    conditions.each(store -> new StoreHealthIndicator(store, conditions)));
        }

        @Bean
        @ConditionalOnMissingBean
        static OwnHealthGroup yotpoHealthGroup() {
            return new OwnHealthGroup();
        }
    }
}
