package io.yotposync.autoconfigure;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.ForgetRefused;
import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.observe.LoggingListener;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The way from a snapshot to the outbox. */
@AutoConfiguration("yotpoSyncAutoConfiguration")
@ConditionalOnSetting("enabled")
public class YotpoSyncAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SyncRuntime yotpoSyncRuntime() {
        return new SyncRuntime(Clock.systemUTC(), SyncThreads.create());
    }

    @Bean
    @ConditionalOnMissingBean
    SyncSettings yotpoSyncSettings(Environment environment) {
        return SyncSettings.from(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    Stores yotpoSyncStores(SyncSettings settings) {
        return settings.stores();
    }

    @Bean
    @ConditionalOnMissingBean
    StoreSwitch yotpoSyncStoreSwitch(Stores stores, StoreStates states) {
        return new StoreSwitch(stores, states);
    }

    @Bean
    @ConditionalOnMissingBean
    PhoneNumbers yotpoSyncPhoneNumbers() {
        return PhoneNumbers.standard();
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadMapper yotpoSyncPayloadMapper(
            Stores stores, PhoneNumbers phones, ObjectProvider<CustomerPayloadCustomizer> customizers) {
        try {
            return new PayloadMapper(stores, phones, customizers.orderedStream().toList());
        } catch (InvalidSettingException wrong) {
            throw wrong.under(YotpoSyncProperties.PREFIX);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    FieldPrints yotpoSyncFieldPrints(Stores stores) {
        return new FieldPrints(stores.all());
    }

    @Bean
    @ConditionalOnMissingBean
    Preparation yotpoSyncPreparation(
            PhoneNumbers phones, PayloadMapper mapper, SyncSettings settings, SyncRuntime runtime) {
        return new Preparation(new CustomerIdentifier(phones), mapper, settings.allowed(), runtime.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    RecentUpserts yotpoSyncRecentUpserts(SyncSettings settings, Outbox outbox) {
        return new RecentUpserts(settings.recent(), outbox.durable(), Ticker.systemTicker());
    }

    @Bean
    @ConditionalOnMissingBean
    LoggingListener yotpoSyncLoggingListener() {
        return new LoggingListener();
    }

    @Bean
    @ConditionalOnMissingBean
    SyncListeners yotpoSyncListeners(ObjectProvider<SyncListener> listeners, RecentUpserts recent) {
        return new SyncListeners(ForgetRefused.after(listeners.orderedStream().toList(), recent));
    }

    @Bean
    @ConditionalOnMissingBean
    CustomerSync yotpoSyncCustomerSync(
            StoreSwitch stores,
            Preparation preparation,
            RecentUpserts recent,
            HandOver outbox,
            SyncListeners listeners) {
        return new CustomerSync(stores, preparation, recent, outbox, listeners.all());
    }
}
