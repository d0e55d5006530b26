package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.OutboxProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.dispatch.CatchUpMarks;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.store.HostSwitch;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreStates;
import java.util.Arrays;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ClassUtils;

/** Where states wait to be sent: in the host's database, or in memory. */
@AutoConfiguration(
        value = "yotpoOutboxAutoConfiguration",
        after = YotpoSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnSetting("enabled")
public class YotpoOutboxAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** After the host's own migrations, which may create our tables. */
    @Configuration(value = "yotpoJdbcOutboxConfiguration", proxyBeanMethods = false)
    @ConditionalOnClass(JdbcTemplate.class)
    @Conditional(OnDataSource.class)
    static class JdbcConfiguration {

        /** Boot's own order of them; from Boot 4 on in a jar of its own, which a host has who lets Boot do them. */
        @Configuration(value = "yotpoAfterMigrationsConfiguration", proxyBeanMethods = false)
        @ConditionalOnClass(DatabaseInitializationDependencyConfigurer.class)
        @Import(DatabaseInitializationDependencyConfigurer.class)
        static class AfterMigrationsConfiguration {}

        @Bean
        @DependsOnDatabaseInitialization
        @ConditionalOnMissingBean({OutboxStorage.class, Outbox.class})
        OutboxStorage yotpoSyncOutboxStorage(SyncSettings settings, FieldPrints prints, ListableBeanFactory beans) {
            OutboxProperties outbox = settings.outbox();
            return outbox.type() == OutboxProperties.Type.MEMORY
                    ? OutboxStorage.inMemory(outbox.maxRows(), digest(prints))
                    : new JdbcOutboxChoice(beans, outbox, digest(prints)).choose();
        }
    }

    /** Looked at after the one above. */
    @Bean
    @ConditionalOnMissingBean({OutboxStorage.class, Outbox.class})
    OutboxStorage yotpoSyncOutboxStorage(SyncSettings settings, FieldPrints prints, ListableBeanFactory beans) {
        if (settings.outbox().type() == OutboxProperties.Type.JDBC) {
            throw new InvalidSettingException(
                    "yotpo.sync.outbox.type",
                    "is jdbc, but the host has no DataSource that is known as one before it is made, or no spring-jdbc",
                    "Give it a DataSource bean; or name one that JNDI looks up in yotpo.sync.outbox.jdbc.data-source; or set"
                            + " yotpo.sync.outbox.type=memory.");
        }
        if (settings.outbox().type() == OutboxProperties.Type.AUTO) {
            warnOfUnseen(beans);
        }
        return OutboxStorage.inMemory(settings.outbox().maxRows(), digest(prints));
    }

    /** The types of all beans are known by now, or are made known: also of those that JNDI looks up. */
    private static void warnOfUnseen(ListableBeanFactory beans) {
        String[] unseen = beans.getBeanNamesForType(DataSource.class);
        if (unseen.length > 0 && ClassUtils.isPresent("org.springframework.jdbc.core.JdbcTemplate", null)) {
            LOG.warn(
                    "Yotpo sync: the outbox is in memory and not durable. That {} is a DataSource was not known before it was"
                            + " made. Name it in yotpo.sync.outbox.jdbc.data-source and yotpo.sync.source.data-source. To have"
                            + " the outbox in memory without this warning, set yotpo.sync.outbox.type=memory.",
                    Arrays.toString(unseen));
        }
    }

    private static FieldDigest digest(FieldPrints prints) {
        return (claim, before) -> prints.of(claim.key(), claim.payload(), before);
    }

    /** Looked at after both. The host's outbox may be made with what is kept beside it. */
    @Bean
    @ConditionalOnMissingBean
    OutboxStorage yotpoSyncStorageBesideHosts(@Lazy Outbox outbox) {
        return OutboxStorage.besideHosts(outbox);
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox yotpoSyncOutbox(OutboxStorage storage) {
        return storage.outbox();
    }

    @Bean
    @ConditionalOnMissingBean
    StoreStates yotpoSyncStoreStates(OutboxStorage storage, ObjectProvider<HostSwitch> host) {
        HostSwitch ofHost = host.getIfAvailable();
        return ofHost == null ? storage.states() : storage.states().switchedBy(ofHost);
    }

    @Bean
    @ConditionalOnMissingBean
    AuditLog yotpoSyncAuditLog(OutboxStorage storage) {
        return storage.audit();
    }

    @Bean
    @ConditionalOnMissingBean
    CatchUpMarks yotpoSyncCatchUpMarks(StoreStates states, SyncRuntime runtime) {
        return new CatchUpMarks(states, runtime.threads());
    }

    /** Closed by the lifecycle, before the dispatcher; by its own end only where the start failed. */
    @Bean
    @ConditionalOnMissingBean
    HandOver yotpoSyncHandOver(
            Outbox outbox,
            Dispatcher dispatcher,
            SyncListeners listeners,
            ObjectProvider<HandOverListener> handOverListeners,
            SyncRuntime runtime,
            SyncSettings settings) {
        HandOverListener reaction = dispatcher.handOverListener(
                listeners.all(), handOverListeners.orderedStream().toList());
        if (!outbox.durable()) {
            return HandOver.direct(outbox, runtime.clock(), reaction);
        }
        GroupCommitSettings groups =
                GroupCommitSettings.standard().withCapacity(settings.outbox().maxWaiting());
        return HandOver.groupCommit(outbox, runtime.clock(), groups, reaction, runtime.threads());
    }
}
