package io.yotposync.autoconfigure.health;

import io.yotposync.autoconfigure.operator.YotpoOperatorAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.operator.StoreHealth;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreSwitch;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Health {@code yotpo}, a component a store, in a group of its own, on the lines of Boot up to 3.5. */
@AutoConfiguration(value = "yotpoHealthAutoConfiguration", after = YotpoOperatorAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor")
@ConditionalOnSetting("enabled")
public class YotpoHealthAutoConfiguration {

    /** Apart, so that the classes are named only where they are. */
    @Configuration(value = "yotpoHealthConfiguration", proxyBeanMethods = false)
    @Conditional(OnHealth.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "yotpoHealthContributor")
        HealthContributor yotpoHealthContributor(StoreSwitch stores, StoreHealth health, Outbox outbox) {
            return CompositeHealthContributor.fromMap(
                    StoreCondition.ofEach(stores, health, outbox, HealthConfiguration::indicator));
        }

        private static HealthIndicator indicator(Supplier<StoreCondition> store) {
            return () -> {
                StoreCondition now = store.get();
                return Health.status(now.status()).withDetails(now.details()).build();
            };
        }

        @Bean
        @ConditionalOnMissingBean
        static OwnHealthGroup yotpoSyncHealthGroup() {
            return new OwnHealthGroup();
        }
    }
}
