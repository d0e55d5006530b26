package io.yotposync.autoconfigure.properties;

import io.yotposync.identity.AllowList;
import io.yotposync.recent.RecentSettings;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.core.env.Environment;

/**
 * The host's properties as the core understands them, checked.
 *
 * @param drain how long a stopping host waits for us
 * @param allowed who may be sent at all
 * @param properties as they were written, for what is nobody else's
 */
public record SyncSettings(
        Stores stores,
        RecentSettings recent,
        OutboxProperties outbox,
        Duration drain,
        AllowList allowed,
        YotpoSyncProperties properties) {

    /** @throws InvalidSettingException with the property's full name */
    public static SyncSettings from(Environment environment) {
        StoreNames.check(environment);
        YotpoSyncProperties properties = YotpoSyncProperties.bind(environment);
        if (properties.strict()) {
            UnknownProperties.refuse(environment);
        } else {
            UnknownProperties.warn(environment);
        }
        try {
            Ranges.check(properties);
            properties.safety().check();
            Objects.requireNonNull(properties.outbox().jdbc().tables()); // also where the outbox is in memory
            // Beans that Spring decided on ahead of time are there all the same.
            Stores stores = properties.enabled() ? StoreAssembly.stores(properties) : new Stores(List.of());
            ProductionGuard.check(stores, properties.safety(), environment);
            return new SyncSettings(
                    stores,
                    new RecentSettings(
                            properties.recent().maxSize(), properties.recent().ttl()),
                    properties.outbox(),
                    properties.shutdown().drainTimeout(),
                    properties.safety().allowed(),
                    properties);
        } catch (InvalidSettingException wrong) {
            throw wrong.setting().startsWith(YotpoSyncProperties.PREFIX)
                    ? wrong
                    : wrong.under(YotpoSyncProperties.PREFIX);
        }
    }
}
