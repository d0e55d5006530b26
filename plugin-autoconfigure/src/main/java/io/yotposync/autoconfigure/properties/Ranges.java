package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;

/** Numbers and durations that are nobody else's to check, whether what they are for is switched on or not. */
final class Ranges {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    private Ranges() {}

    /** @throws InvalidSettingException with the property's name below the prefix */
    static void check(YotpoSyncProperties properties) {
        atLeast("outbox.max-rows", properties.outbox().maxRows(), 1, "100000 suits most shops.");
        atLeast("outbox.max-waiting", properties.outbox().maxWaiting(), 1, "20000 suits most shops.");
        atLeast("alerts.parked-above", properties.alerts().parkedAbove(), 0, "100 suits most shops.");
        notNegative("shutdown.drain-timeout", properties.shutdown().drainTimeout(), "10s");
        notNegative("health.oldest-pending", properties.health().oldestPending(), "1h");
        notNegative("audit.keep", properties.audit().keep(), "400d, or 0 for ever");
        if (properties.systemProperties().interval().compareTo(SHORTEST_INTERVAL) < 0) {
            throw new InvalidSettingException(
                    "system-properties.interval", "is shorter than 100ms", "Give a duration such as 3s.");
        }
    }

    private static void atLeast(String setting, long value, long least, String fix) {
        if (value < least) {
            throw new InvalidSettingException(setting, "must be at least " + least, fix);
        }
    }

    private static void notNegative(String setting, Duration value, String example) {
        if (value.isNegative()) {
            throw new InvalidSettingException(
                    setting, "must not be negative", "Give a duration such as " + example + ".");
        }
    }
}
