package io.yotposync.autoconfigure.capture;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.OutboxStorage;
import io.yotposync.autoconfigure.SyncListeners;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.autoconfigure.YotpoSourceAutoConfiguration;
import io.yotposync.autoconfigure.YotpoSyncAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.OutboxProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.broadleaf.CustomerPersistedListener;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.HibernateCapture;
import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.source.Rereads;
import io.yotposync.store.Stores;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The ways in: Broadleaf's event where Broadleaf is, and our own event everywhere. */
@AutoConfiguration(
        value = "yotpoEventsAutoConfiguration",
        after = YotpoSyncAutoConfiguration.class,
        before = YotpoSourceAutoConfiguration.class)
@ConditionalOnSetting("enabled")
public class YotpoEventsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CustomerSavedListener yotpoSyncCustomerSavedListener(
            CustomerSync sync,
            ObjectProvider<AtomicCapture> capture,
            OutboxStorage storage,
            ListableBeanFactory beans,
            Rereads rereads,
            Stores stores,
            SyncSettings settings,
            SyncRuntime runtime) {
        AtomicCapture atomic = capture.getIfAvailable();
        if (atomic == null) {
            DecidedAhead.check(settings, OutboxProperties.Capture.HAND_OVER);
        }
        AtomicWriter writer = storage.atomicWriter().orElse(null);
        CaptureOfEvents inTransaction = atomic == null || writer == null
                ? null
                : new CaptureOfEvents(atomic, writer.dataSource(), new Jta(beans));
        return new CustomerSavedListener(
                new SavedInTransaction.Ways(sync, inTransaction, rereads),
                new UnsaidPaths(stores.paths()),
                runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean(name = "yotpoSyncLateEvents")
    @ConditionalOnBean(name = "yotpoSyncCustomerSavedListener")
    @Lazy(false)
    LateEvents yotpoSyncLateEvents(
            ConfigurableApplicationContext context,
            @Qualifier("yotpoSyncCustomerSavedListener") ApplicationListener<?> listener) {
        return new LateEvents(context, listener, true);
    }

    /** Names of classes only: an entity named here would be loaded before Broadleaf's weaving can change it. */
    @Configuration(value = "yotpoBroadleafConfiguration", proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent")
    static class BroadleafConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CustomerReader yotpoSyncCustomerReader(Stores stores) {
            return new CustomerReader(stores.paths());
        }

        @Bean
        @ConditionalOnMissingBean
        CustomerPersistedListener yotpoSyncCustomerPersistedListener(
                CustomerReader reader,
                CustomerSync sync,
                SyncListeners listeners,
                Rereads rereads,
                ObjectProvider<HibernateCapture> capture) {
            HibernateCapture atomic = capture.getIfAvailable();
            return atomic == null
                    ? new CustomerPersistedListener(reader, sync, listeners.all(), rereads)
                    : new CustomerPersistedListener(reader, sync, listeners.all(), rereads, atomic::isCaptured);
        }

        @Bean
        @ConditionalOnMissingBean(name = "yotpoSyncLateBroadleafEvents")
        @ConditionalOnBean(name = "yotpoSyncCustomerPersistedListener")
        @Lazy(false)
        LateEvents yotpoSyncLateBroadleafEvents(
                ConfigurableApplicationContext context,
                @Qualifier("yotpoSyncCustomerPersistedListener") ApplicationListener<?> listener) {
            return new LateEvents(context, listener, false);
        }
    }
}
