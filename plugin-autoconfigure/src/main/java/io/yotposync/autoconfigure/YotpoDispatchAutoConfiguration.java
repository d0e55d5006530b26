package io.yotposync.autoconfigure;

import io.yotposync.AllowedPayloads;
import io.yotposync.RereadPayloads;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.OutboxProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.YotpoClient;
import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.dispatch.DispatchSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LanePorts;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SendObserver;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.scan.WaitingStates;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The way from the outbox to Yotpo. */
@AutoConfiguration(value = "yotpoDispatchAutoConfiguration", after = YotpoSyncAutoConfiguration.class)
@ConditionalOnSetting("enabled")
public class YotpoDispatchAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Lanes yotpoSyncLanes(Stores stores, SyncListeners listeners, SyncRuntime runtime) {
        return new Lanes(stores, listeners.all(), runtime.threads());
    }

    @Bean
    @ConditionalOnMissingBean(YotpoClient.class)
    HttpYotpoClient yotpoSyncClient(Stores stores, Lanes lanes, SyncRuntime runtime) {
        return HttpYotpoClient.create(stores, lanes, runtime.threads(), runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialsSource yotpoSyncCredentials(Environment environment, SyncRuntime runtime) {
        return new EnvironmentCredentials(environment, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    ClaimPayloads yotpoSyncClaimPayloads(
            Outbox outbox,
            SyncSettings settings,
            Preparation preparation,
            PayloadMapper mapper,
            Stores stores,
            ObjectProvider<CustomerSource> source) {
        WaitingStates waiting = new WaitingStates(mapper);
        if (isReread(outbox, settings)) {
            ClaimPayloads read = new RereadPayloads(required(source), preparation, stores, waiting);
            return new AllowedPayloads(read, settings.allowed());
        }
        // Not before it is needed: a source may be made with what sends, and by then everything is there.
        ClaimPayloads read = claim -> Optional.ofNullable(source.getIfAvailable())
                .flatMap(customers -> new RereadPayloads(customers, preparation, stores, waiting).of(claim));
        return new AllowedPayloads(ClaimPayloads.keptOr(read), settings.allowed());
    }

    private static boolean isReread(Outbox outbox, SyncSettings settings) {
        return outbox.durable() && settings.outbox().jdbc().payload() == OutboxProperties.Payload.REREAD;
    }

    private static CustomerSource required(ObjectProvider<CustomerSource> source) {
        CustomerSource customers = source.getIfAvailable();
        if (customers == null) {
            throw new InvalidSettingException(
                    "yotpo.sync.outbox.jdbc.payload",
                    "is reread, but there is nothing to read customers from",
                    "Give the host a CustomerSource bean, or leave it at keep.");
        }
        return customers;
    }

    @Bean
    @ConditionalOnMissingBean
    Dispatcher yotpoSyncDispatcher(
            Lanes lanes,
            Outbox outbox,
            StoreStates states,
            YotpoClient client,
            CredentialsSource credentials,
            ClaimPayloads payloads,
            ObjectProvider<SendObserver> sends,
            SyncListeners listeners,
            SyncRuntime runtime,
            SyncSettings settings) {
        return lanes.dispatcher(
                new LanePorts(
                        outbox,
                        states,
                        client,
                        listeners.all(),
                        runtime.clock(),
                        credentials,
                        payloads,
                        sends.getIfAvailable(SendObserver::none)),
                new DispatchSettings(node(), DispatchSettings.DEFAULT_POLL));
    }

    /** Says nothing about the machine, and differs after a restart: what the old process claimed is not ours. */
    private static String node() {
        return UUID.randomUUID().toString();
    }

    @Bean
    @ConditionalOnMissingBean
    SyncLifecycle yotpoSyncLifecycle(
            HandOver handOver, Dispatcher dispatcher, StartReport report, SyncSettings settings, SyncRuntime runtime) {
        return new SyncLifecycle(handOver, dispatcher, report, settings.drain(), runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    StartReport yotpoSyncStartReport(
            StoreSwitch stores,
            SyncSettings settings,
            BoundScans bound,
            OutboxStorage storage,
            Dispatcher dispatcher,
            ListableBeanFactory beans) {
        String[] sources =
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, CustomerSource.class, true, false);
        return new StartReport(
                stores,
                settings.allowed(),
                storage.place(),
                dispatcher.node(),
                new StartReport.Host(
                        settings.properties().enabled(),
                        beans.containsBean("blApplicationEventMulticastTaskExecutor"),
                        sources.length > 0,
                        bound.properties().readingCustomers()));
    }

    /** Customers that wait from before a restart must not wait for the first save after it. */
    @Bean
    static LazyInitializationExcludeFilter yotpoSyncLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(SyncLifecycle.class);
    }
}
