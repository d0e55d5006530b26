package io.yotposync.store;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One configured Yotpo store; nothing in it is shared with another store.
 *
 * @param enabled as configured; {@link StoreSwitch} may say otherwise at run time
 * @param site the host's name of the site whose customers go to this store, or {@value #EVERY_SITE}
 * @param sharedAppKey whether another store may have the same app key
 */
public record StoreSettings(
        StoreKey key,
        boolean enabled,
        String site,
        Credentials credentials,
        boolean sharedAppKey,
        IdentifierSettings identifier,
        MappingSettings mapping,
        SendingSettings sending) {

    /** As {@code site}: the customers of all sites. */
    public static final String EVERY_SITE = "*";

    public StoreSettings {
        if (site.isBlank()) {
            throw new InvalidSettingException(
                    "site", "is empty", "Name the host's site, or leave it out for the store's key.");
        }
    }

    /** A store with all defaults, for its own site. */
    public static StoreSettings of(StoreKey key, Credentials credentials) {
        return new StoreSettings(
                key,
                true,
                key.value(),
                credentials,
                false,
                IdentifierSettings.DEFAULTS,
                MappingSettings.DEFAULTS,
                SendingSettings.DEFAULTS);
    }

    public StoreSettings withSite(String value) {
        return new StoreSettings(key, enabled, value, credentials, sharedAppKey, identifier, mapping, sending);
    }

    public StoreSettings withEnabled(boolean value) {
        return new StoreSettings(key, value, site, credentials, sharedAppKey, identifier, mapping, sending);
    }

    public StoreSettings withCredentials(Credentials value) {
        return new StoreSettings(key, enabled, site, value, sharedAppKey, identifier, mapping, sending);
    }

    public StoreSettings withIdentifier(IdentifierSettings value) {
        return new StoreSettings(key, enabled, site, credentials, sharedAppKey, value, mapping, sending);
    }

    public StoreSettings withMapping(MappingSettings value) {
        return new StoreSettings(key, enabled, site, credentials, sharedAppKey, identifier, value, sending);
    }

    public StoreSettings withSending(SendingSettings value) {
        return new StoreSettings(key, enabled, site, credentials, sharedAppKey, identifier, mapping, value);
    }

    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>(mapping.paths());
        if (identifier.externalId() != null && !identifier.externalId().equals(IdentifierSettings.ID)) {
            paths.add(identifier.externalId());
        }
        return paths;
    }
}
