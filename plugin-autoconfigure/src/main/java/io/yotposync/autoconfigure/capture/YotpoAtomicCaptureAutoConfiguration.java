package io.yotposync.autoconfigure.capture;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.OutboxStorage;
import io.yotposync.autoconfigure.SyncListeners;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.autoconfigure.YotpoOutboxAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.OutboxProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.broadleaf.BroadleafEntities;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.HibernateCapture;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.source.Rereads;
import io.yotposync.store.InvalidSettingException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Atomic capture, where it is asked for. */
@AutoConfiguration(value = "yotpoAtomicCaptureAutoConfiguration", after = YotpoOutboxAutoConfiguration.class)
@ConditionalOnSetting("enabled")
public class YotpoAtomicCaptureAutoConfiguration {

    /** By itself, so that both properties have to be as they are. */
    @Configuration(value = "yotpoAtomicCaptureConfiguration", proxyBeanMethods = false)
    @ConditionalOnSetting(value = "outbox.capture", is = "atomic", otherwise = "hand_over")
    static class AtomicConfiguration {

        @Bean
        @ConditionalOnMissingBean
        AtomicCapture yotpoSyncAtomicCapture(
                OutboxStorage storage,
                CustomerSync sync,
                Rereads rereads,
                Dispatcher dispatcher,
                SyncListeners listeners,
                SyncSettings settings,
                SyncRuntime runtime) {
            DecidedAhead.check(settings, OutboxProperties.Capture.ATOMIC);
            AtomicWriter writer = storage.atomicWriter().orElseThrow(() -> notAtomic(storage));
            return new AtomicCapture(
                    sync,
                    rereads,
                    writer,
                    new AtomicCapture.Reactions(dispatcher::wake, listeners.all()),
                    runtime.clock());
        }

        private static InvalidSettingException notAtomic(OutboxStorage storage) {
            String what = "is atomic, but the outbox is not in the host's database";
            String fix = "Set yotpo.sync.outbox.type=jdbc to see what is in the way, or"
                    + " yotpo.sync.outbox.capture=hand-over.";
            if (storage.isHostsOwn()) {
                what = "is atomic, but a bean of type Outbox of the host's own is not written in its transactions";
                fix = "Leave that bean out, or set yotpo.sync.outbox.capture=hand-over.";
            }
            return new InvalidSettingException("yotpo.sync.outbox.capture", what, fix);
        }

        /** The way in must not wait for somebody to ask for it. */
        @Bean
        static LazyInitializationExcludeFilter yotpoSyncCaptureLazyInitializationExcludeFilter() {
            return LazyInitializationExcludeFilter.forBeanTypes(AtomicCapture.class, CaptureOfPersistence.class);
        }

        /** Names of classes only, as everywhere that Broadleaf is touched. */
        @Configuration(value = "yotpoHibernateCaptureConfiguration", proxyBeanMethods = false)
        @ConditionalOnClass(
                name = {
                    "org.hibernate.SessionFactory",
                    "org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent"
                })
        static class HibernateConfiguration {

            @Bean(destroyMethod = "stop")
            @ConditionalOnMissingBean
            HibernateCapture yotpoSyncHibernateCapture(AtomicCapture capture, CustomerReader reader) {
                return new HibernateCapture(capture, new BroadleafEntities(reader));
            }

            @Bean
            @ConditionalOnMissingBean
            CaptureOfPersistence yotpoSyncCaptureOfPersistence(HibernateCapture capture, ListableBeanFactory beans) {
                return new CaptureOfPersistence(capture, beans);
            }
        }
    }
}
