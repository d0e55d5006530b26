package io.yotposync.autoconfigure.observe;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.autoconfigure.operator.YotpoOperatorAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.LiveLanes;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.Collection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Metrics, where the host keeps any. */
@AutoConfiguration(
        value = "yotpoMetricsAutoConfiguration",
        after = YotpoOperatorAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnSetting("enabled")
public class YotpoMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MeteringListener yotpoSyncMeteringListener(MeterRegistry registry, Stores stores) {
        return new MeteringListener(registry, stores);
    }

    @Bean
    @ConditionalOnBean(Backlog.class)
    @ConditionalOnMissingBean
    SyncMeters yotpoSyncMeters(Stores stores, ObjectProvider<SyncMeters.Sources> sources) {
        return new SyncMeters(stores, sources::getObject);
    }

    @Bean
    @ConditionalOnBean(Backlog.class)
    @ConditionalOnMissingBean
    SyncMeters.Sources yotpoSyncMeterSources(
            StoreSwitch stores,
            Backlog backlog,
            HandOver handOver,
            LiveLanes lanes,
            CatchUp catchUp,
            SyncRuntime runtime) {
        return new SyncMeters.Sources(stores, backlog, handOver, lanes, catchUp, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean(name = "yotpoSyncBatchMeter")
    HandOverListener yotpoSyncBatchMeter(MeterRegistry registry) {
        DistributionSummary batches = DistributionSummary.builder(MeteringListener.PREFIX + "handover.batch")
                .description("Customers written to the outbox together")
                .register(registry);
        return new HandOverListener() {
            @Override
            public void written(Collection<Desired> states, Duration took) {
                batches.record(states.size());
            }
        };
    }
}
