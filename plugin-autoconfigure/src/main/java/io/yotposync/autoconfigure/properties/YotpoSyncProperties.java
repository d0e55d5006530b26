package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Everything that can be set, as one immutable tree.
 *
 * @param enabled Whether anything is done at all.
 * @param stores The Yotpo stores to keep up to date, by a key of your own choosing.
 * @param defaults Settings that hold for every store unless the store says otherwise.
 * @param recent What this node remembers of recent saves, to suppress those that change nothing.
 * @param outbox Where customers' states wait to be sent.
 * @param shutdown How the plugin ends with its host.
 * @param console The page for operators.
 * @param health When an operator has to act.
 * @param alerts Application events that call someone.
 * @param audit What operators did.
 * @param safety What keeps a test installation from writing to the merchant's real store.
 * @param systemProperties Switching stores in Broadleaf's own administration.
 * @param strict Whether an unknown property under yotpo.sync ends the start, or is only warned of.
 */
@ConfigurationProperties(YotpoSyncProperties.PREFIX)
public record YotpoSyncProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Map<String, StoreProperties> stores,
        @NestedConfigurationProperty @DefaultValue StoreProperties defaults,
        @DefaultValue Recent recent,
        @NestedConfigurationProperty @DefaultValue OutboxProperties outbox,
        @DefaultValue Shutdown shutdown,
        @DefaultValue Console console,
        @DefaultValue Health health,
        @DefaultValue Alerts alerts,
        @DefaultValue Audit audit,
        @NestedConfigurationProperty @DefaultValue SafetyProperties safety,
        @DefaultValue SystemPropertySettings systemProperties,
        @DefaultValue("true") boolean strict) {

    public static final String PREFIX = "yotpo.sync";

    public YotpoSyncProperties {
        stores = stores == null ? Map.of() : stores;
    }

    /** @throws InvalidSettingException naming the property that cannot be read */
    public static YotpoSyncProperties bind(Environment environment) {
        return BoundProperties.bind(environment, YotpoSyncProperties.class);
    }

    /** Keys of the stores, never their credentials. */
    @Override
    public String toString() {
        Set<String> keys = stores == null ? Set.of() : stores.keySet();
        return "YotpoSyncProperties[enabled=" + enabled + ", stores=" + keys + "]";
    }

    /**
     * What this node remembers.
     *
     * @param maxSize How many customers' latest states this node remembers; 0 for none.
     * @param ttl How long this node remembers a customer's latest state after its last change.
     */
    public record Recent(
            @DefaultValue("100000") long maxSize,
            @DefaultValue("24h") Duration ttl) {}

    /**
     * The end.
     *
     * @param drainTimeout How long a stopping host waits for a scan's batch at hand, and then as long for what is to be
     *     written, requests under way and, where the outbox is in memory, waiting states.
     */
    public record Shutdown(@DefaultValue("10s") Duration drainTimeout) {}

    /**
     * The page for operators.
     *
     * @param enabled Whether the Actuator endpoint yotposyncconsole exists: a page over the endpoint yotposync.
     * @param revealAuthority The role or authority of those who may see a customer's payload in the clear; nobody may if
     *     not set.
     */
    public record Console(
            @DefaultValue("false") boolean enabled,
            @Nullable String revealAuthority) {}

    /**
     * What operators did.
     *
     * @param keep For how long what operators did is kept in the table; 0 for ever.
     */
    public record Audit(@DefaultValue("400d") Duration keep) {}

    /**
     * When an operator has to act.
     *
     * @param oldestPending How long a customer may be pending before the store's health is DOWN.
     */
    public record Health(@DefaultValue("1h") Duration oldestPending) {}

    /**
     * Application events that call someone.
     *
     * @param parkedAbove How many refused customers of a store are too many; crossing it is one event.
     */
    public record Alerts(@DefaultValue("100") long parkedAbove) {}

    /**
     * Switching stores in Broadleaf's own administration.
     *
     * @param enabled Whether a system property of Broadleaf's that is named as a store's property enabled switches the
     *     store.
     * @param interval How often every node looks for such system properties.
     */
    public record SystemPropertySettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("3s") Duration interval) {}
}
