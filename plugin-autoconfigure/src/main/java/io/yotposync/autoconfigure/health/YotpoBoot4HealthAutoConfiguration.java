package io.yotposync.autoconfigure.health;

import io.yotposync.autoconfigure.operator.YotpoOperatorAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.operator.StoreHealth;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreSwitch;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The same as {@link YotpoHealthAutoConfiguration} on the lines from 4.0, which moved the classes. */
@AutoConfiguration(value = "yotpoBoot4HealthAutoConfiguration", after = YotpoOperatorAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor",
            "org.springframework.boot.actuate.endpoint.SecurityContext"
        })
@ConditionalOnMissingClass("org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor")
@ConditionalOnSetting("enabled")
public class YotpoBoot4HealthAutoConfiguration {

    /** Apart, so that the classes are named only where they are. */
    @Configuration(value = "yotpoBoot4HealthConfiguration", proxyBeanMethods = false)
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
        static Boot4OwnHealthGroup yotpoSyncHealthGroup() {
            return new Boot4OwnHealthGroup();
        }
    }
}
