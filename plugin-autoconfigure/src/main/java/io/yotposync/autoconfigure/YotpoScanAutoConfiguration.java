package io.yotposync.autoconfigure;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.ScanProperties.OnStart;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.YotpoClient;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.readback.ReadBack;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Chore;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Identifiers;
import io.yotposync.scan.Mapping;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Resending;
import io.yotposync.scan.ScanPorts;
import io.yotposync.scan.ScanSettings;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.Scanner;
import io.yotposync.source.CustomerSource;
import io.yotposync.source.Rereads;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All customers, not just the ones that happen to be saved. */
@AutoConfiguration(
        value = "yotpoScanAutoConfiguration",
        after = {
            YotpoSourceAutoConfiguration.class,
            YotpoOutboxAutoConfiguration.class,
            YotpoDispatchAutoConfiguration.class
        })
@ConditionalOnSetting("enabled")
public class YotpoScanAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ScanSettings yotpoSyncScanSettings(BoundScans bound) {
        try {
            return bound.properties().settings();
        } catch (InvalidSettingException wrong) {
            throw wrong.under(YotpoSyncProperties.PREFIX);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    ScanStates yotpoSyncScanStates(OutboxStorage storage) {
        return storage.scans();
    }

    @Bean
    @ConditionalOnMissingBean
    Mapping yotpoSyncMapping(Preparation preparation, PayloadMapper mapper, FieldPrints prints) {
        return new Mapping(preparation, mapper, prints);
    }

    @Bean
    @ConditionalOnMissingBean
    Erasure yotpoSyncErasure(
            Stores stores,
            ScanStates states,
            Outbox outbox,
            Mapping mapping,
            Dispatcher dispatcher,
            RecentUpserts recent,
            SyncRuntime runtime) {
        return new Erasure(
                stores, states, outbox, mapping, new Erasure.Hooks(dispatcher::wake, recent::forget), runtime.clock());
    }

    /** Looked at after the scanner below. */
    @Bean
    @ConditionalOnMissingBean(value = ErasureLifecycle.class, name = "yotpoSyncScanLifecycle")
    ErasureLifecycle yotpoSyncErasureLifecycle(Erasure erasure, ScanStates states, SyncRuntime runtime) {
        return new ErasureLifecycle(erasure, states, runtime);
    }

    /** Needs customers to read. */
    @Configuration(value = "yotpoScannerConfiguration", proxyBeanMethods = false)
    @ConditionalOnBean(CustomerSource.class)
    static class ScannerConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ScanPorts yotpoSyncScanPorts(
                Stores stores,
                StoreStates storeStates,
                ScanStates scanStates,
                CustomerSource source,
                Outbox outbox,
                Dispatcher dispatcher,
                RecentUpserts recent,
                SyncRuntime runtime) {
            return new ScanPorts(
                    stores, storeStates, scanStates, source, outbox, dispatcher::wake, recent::forget, runtime.clock());
        }

        @Bean(destroyMethod = "") // stopped by its lifecycle
        @ConditionalOnMissingBean
        Scanner yotpoSyncScanner(
                ScanPorts ports,
                ScanSettings settings,
                Mapping mapping,
                ObjectProvider<Chore> chores,
                CustomerSync sync,
                Rereads rereads,
                SyncRuntime runtime) {
            return new Scanner(
                    ports,
                    settings,
                    mapping,
                    chores.orderedStream().toList(),
                    new Scanner.Live(sync::accept, rereads),
                    new Scanner.Place(runtime.threads(), UUID.randomUUID().toString()));
        }

        @Bean
        @ConditionalOnMissingBean
        Resending yotpoSyncResending(ScanPorts ports, ScanSettings settings, Mapping mapping) {
            return new Resending(ports, settings, mapping);
        }

        @Bean
        @ConditionalOnMissingBean
        Preview yotpoSyncPreview(ScanPorts ports, ScanSettings settings, StoreSwitch stores, Mapping mapping) {
            return new Preview(ports, settings, stores, mapping);
        }

        @Bean
        @ConditionalOnMissingBean
        Identifiers yotpoSyncIdentifiers(CustomerSource source, Preparation preparation) {
            return new Identifiers(source, preparation);
        }

        /**
         * None where the client is another: the class decides, for a bean may be declared as less, or be replaced by a mock.
         */
        @Bean
        @ConditionalOnMissingBean
        @Nullable
        ReadBack yotpoSyncReadBack(
                YotpoClient client,
                CredentialsSource credentials,
                Outbox outbox,
                FieldPrints prints,
                Resending resending,
                Identifiers identifiers,
                StoreStates storeStates,
                ScanStates scanStates,
                Dispatcher dispatcher,
                BoundScans bound,
                SyncRuntime runtime) {
            if (!(client instanceof HttpYotpoClient http)) {
                return null;
            }
            CustomerLookup lookup = http.lookup();
            try {
                return new ReadBack(
                        (store, wanted) -> lookup.find(store.withCredentials(credentials.of(store)), wanted),
                        outbox,
                        prints,
                        new ReadBack.Shop(identifiers::of, resending::corrected),
                        new ReadBack.Shared(storeStates, scanStates, dispatcher.node()),
                        bound.properties().readBack().settings(),
                        runtime.clock());
            } catch (InvalidSettingException wrong) {
                throw wrong.under(YotpoSyncProperties.PREFIX);
            }
        }

        @Bean
        @ConditionalOnMissingBean
        Backfills yotpoSyncBackfills(
                Stores stores, ScanStates states, ScanSettings settings, Scanner scanner, SyncRuntime runtime) {
            return new Backfills(stores, states, settings, runtime.clock(), scanner::wake);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnSetting("scan.enabled")
        ScanLifecycle yotpoSyncScanLifecycle(Scanner scanner, Stores stores, BoundScans bound, SyncSettings settings) {
            Collection<StoreSettings> backfill =
                    bound.properties().backfill().onStart() == OnStart.IF_NEVER ? stores.all() : List.of();
            return new ScanLifecycle(scanner, starting -> starting.start(backfill), settings.drain());
        }

        /** Looked at after the one above: who leaves the scans to other nodes still hears of customers by halves. */
        @Bean
        @ConditionalOnMissingBean
        ScanLifecycle yotpoSyncRereadLifecycle(Scanner scanner, SyncSettings settings) {
            return new ScanLifecycle(scanner, Scanner::startRereading, settings.drain());
        }

        /** What no event tells must be found in a lazy host too. */
        @Bean
        static LazyInitializationExcludeFilter yotpoSyncScanLazyInitializationExcludeFilter() {
            return LazyInitializationExcludeFilter.forBeanTypes(ScanLifecycle.class);
        }
    }
}
