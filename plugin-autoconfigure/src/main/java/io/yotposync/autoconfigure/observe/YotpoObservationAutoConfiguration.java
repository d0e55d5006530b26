package io.yotposync.autoconfigure.observe;

import io.micrometer.observation.ObservationRegistry;
import io.yotposync.autoconfigure.YotpoSyncAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.dispatch.SendObserver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Observations of what is sent, where the host observes; {@code management.observations.enable.yotpo=false} ends them. */
@AutoConfiguration(
        value = "yotpoObservationAutoConfiguration",
        after = YotpoSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
@ConditionalOnSetting("enabled")
public class YotpoObservationAutoConfiguration {

    private static final String TRACING = "io.micrometer.tracing.handler.TracingObservationHandler";

    @Bean
    @ConditionalOnMissingBean(SendObserver.class)
    ObservedSends yotpoSyncObservedSends(ObservationRegistry registry) {
        boolean traced = ClassUtils.isPresent(TRACING, registry.getClass().getClassLoader());
        return new ObservedSends(registry, traced ? save -> SaveTrace.of(save) : save -> null);
    }
}
