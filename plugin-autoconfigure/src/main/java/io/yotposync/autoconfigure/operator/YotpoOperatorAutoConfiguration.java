package io.yotposync.autoconfigure.operator;

import io.yotposync.autoconfigure.BoundScans;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.autoconfigure.YotpoScanAutoConfiguration;
import io.yotposync.autoconfigure.YotpoSyncAutoConfiguration;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.operator.Activity;
import io.yotposync.operator.Alerts;
import io.yotposync.operator.AuditLog;
import io.yotposync.operator.AuditRetention;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.Controls;
import io.yotposync.operator.CustomerCheck;
import io.yotposync.operator.Explainer;
import io.yotposync.operator.LastHeard;
import io.yotposync.operator.LiveLanes;
import io.yotposync.operator.Overviews;
import io.yotposync.operator.RecentErrors;
import io.yotposync.operator.Refusals;
import io.yotposync.operator.StoreHealth;
import io.yotposync.operator.SupportBundle;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Outbox;
import io.yotposync.readback.ReadBack;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Chore;
import io.yotposync.scan.Foresight;
import io.yotposync.scan.Mapping;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Resending;
import io.yotposync.scan.ScanPorts;
import io.yotposync.scan.ScanSettings;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.SpringVersion;

/** What an operator sees and does; the endpoint, the console, health and metrics show it where the host has them. */
@AutoConfiguration(
        value = "yotpoOperatorAutoConfiguration",
        after = {YotpoSyncAutoConfiguration.class, YotpoScanAutoConfiguration.class})
@ConditionalOnSetting("enabled")
public class YotpoOperatorAutoConfiguration {

    private static final int REMEMBERED_CUSTOMERS = 10_000;

    @Bean
    @ConditionalOnMissingBean
    Activity yotpoSyncActivity(SyncRuntime runtime) {
        return new Activity(runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    LastHeard yotpoSyncLastHeard(SyncRuntime runtime) {
        return new LastHeard(runtime.clock(), REMEMBERED_CUSTOMERS);
    }

    @Bean
    @ConditionalOnMissingBean
    RecentErrors yotpoSyncRecentErrors(SyncRuntime runtime) {
        return new RecentErrors(runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    Backlog yotpoSyncBacklog(Outbox outbox, SyncRuntime runtime) {
        return new Backlog(outbox, runtime.clock(), runtime.threads());
    }

    @Bean
    @ConditionalOnMissingBean
    Alerts yotpoSyncAlerts(
            SyncSettings settings,
            Backlog backlog,
            StoreStates states,
            ApplicationEventPublisher events,
            SyncRuntime runtime) {
        long parkedAbove = settings.properties().alerts().parkedAbove();
        return new Alerts(parkedAbove, backlog, states, events::publishEvent, runtime.threads());
    }

    @Bean
    @ConditionalOnMissingBean(name = "yotpoSyncAskingScans")
    Chore yotpoSyncAskingScans(Alerts alerts) {
        return new AskingScans(alerts::say);
    }

    @Bean
    @ConditionalOnMissingBean
    LiveLanes yotpoSyncLiveLanes(Dispatcher dispatcher) {
        return dispatcher::status;
    }

    @Bean
    @ConditionalOnMissingBean
    CatchUp yotpoSyncCatchUp(
            Stores stores,
            ObjectProvider<CustomerSource> source,
            ObjectProvider<Backfills> backfills,
            ObjectProvider<Resending> resending,
            ObjectProvider<Preview> preview,
            ObjectProvider<ReadBack> readBack,
            SyncRuntime runtime) {
        CustomerSource customers = source.getIfUnique();
        Backfills passes = backfills.getIfAvailable();
        Resending again = resending.getIfAvailable();
        Preview shown = preview.getIfAvailable();
        return customers == null || passes == null || again == null || shown == null
                ? CatchUp.absent()
                : CatchUp.of(new CatchUp.Tools(
                        stores, passes, again, shown, readBack.getIfAvailable(), runtime.clock(), runtime.threads()));
    }

    @Bean
    @ConditionalOnMissingBean
    CustomerCheck yotpoSyncCustomerCheck(
            ObjectProvider<ScanPorts> ports,
            ObjectProvider<ScanSettings> settings,
            ObjectProvider<Mapping> mapping,
            BoundScans bound) {
        ScanPorts shop = ports.getIfAvailable();
        if (shop == null) {
            return CustomerCheck.absent();
        }
        CustomerCheck check = new Foresight(shop, settings.getObject(), mapping.getObject())::of;
        return bound.properties().scan().enabled() ? check : check.withoutScans();
    }

    /** What nobody asks for must be forgotten in a lazy host too. */
    @Bean
    static LazyInitializationExcludeFilter yotpoSyncAuditLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(AuditRetention.class);
    }

    @Bean
    @ConditionalOnMissingBean
    AuditRetention yotpoSyncAuditRetention(AuditLog audit, SyncSettings settings, SyncRuntime runtime) {
        AuditRetention retention =
                new AuditRetention(audit, settings.properties().audit().keep(), runtime.clock());
        retention.start(runtime.threads());
        return retention;
    }

    @Bean
    @ConditionalOnMissingBean
    Overviews yotpoSyncOverviews(
            StoreSwitch stores,
            Backlog backlog,
            Refusals refusals,
            Activity activity,
            LiveLanes lanes,
            CatchUp catchUp,
            SyncRuntime runtime) {
        return new Overviews(stores, backlog, refusals, activity, lanes, catchUp, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    Explainer yotpoSyncExplainer(
            StoreSwitch stores,
            Outbox outbox,
            LastHeard heard,
            LiveLanes lanes,
            CustomerCheck check,
            AuditLog audit,
            SyncRuntime runtime) {
        return new Explainer(stores, outbox, heard, lanes, check, audit, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    Refusals yotpoSyncRefusals(Stores stores, Outbox outbox, SyncRuntime runtime) {
        return new Refusals(stores, outbox, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    Controls yotpoSyncControls(
            StoreSwitch stores, Outbox outbox, CatchUp catchUp, AuditLog audit, SyncRuntime runtime) {
        return new Controls(stores, outbox, catchUp, audit, runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    StoreHealth yotpoSyncStoreHealth(
            StoreSwitch stores, Backlog backlog, HandOver handOver, SyncSettings settings, SyncRuntime runtime) {
        return new StoreHealth(
                stores, backlog, handOver, settings.properties().health().oldestPending(), runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    SupportBundle yotpoSyncSupportBundle(
            StoreSwitch stores, Overviews overviews, Activity activity, RecentErrors errors, SyncRuntime runtime) {
        return new SupportBundle(versions(), stores, overviews, activity, errors, runtime.clock());
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        put(
                versions,
                "plugin",
                YotpoOperatorAutoConfiguration.class.getPackage().getImplementationVersion());
        put(versions, "spring-boot", SpringBootVersion.getVersion());
        put(versions, "spring", SpringVersion.getVersion());
        put(versions, "java", System.getProperty("java.version"));
        return versions;
    }

    private static void put(Map<String, String> versions, String what, @Nullable String version) {
        versions.put(what, version == null ? "not known" : version);
    }
}
