package io.yotposync.autoconfigure;

import io.yotposync.recent.RecentSettings;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.Stores;
import java.time.Duration;
import org.springframework.core.env.Environment;

/**
 * The host's properties as the core understands them, checked.
 *
 * @param drain how long a stopping host waits for us
 */
public record SyncSettings(Stores stores, RecentSettings recent, OutboxProperties outbox, Duration drain) {

    /** @throws InvalidSettingException with the property's full name */
    static SyncSettings from(Environment environment) {
        YotpoSyncProperties properties = YotpoSyncProperties.bind(environment);
        try {
            return new SyncSettings(
                    StoreAssembly.stores(properties),
                    new RecentSettings(
                            properties.recent().maxSize(), properties.recent().ttl()),
                    properties.outbox(),
                    drain(properties.shutdown().drainTimeout()));
        } catch (InvalidSettingException wrong) {
            throw wrong.setting().startsWith(YotpoSyncProperties.PREFIX)
                    ? wrong
                    : wrong.under(YotpoSyncProperties.PREFIX);
        }
    }

    private static Duration drain(Duration timeout) {
        if (timeout.isNegative()) {
            throw new InvalidSettingException(
                    "shutdown.drain-timeout", "must not be negative", "Give a duration such as 10s.");
        }
        return timeout;
    }
}
