package io.yotposync.autoconfigure.properties;

import io.yotposync.payload.PayloadMapper;
import io.yotposync.store.Credentials;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the core's settings out of properties: the store's own, else the defaults', else the core's. */
final class StoreAssembly {

    private static final String PREFIX = YotpoSyncProperties.PREFIX;
    private static final Credentials UNTOLD = new Credentials("untold", "untold");

    /** Where a setting is looked for, in this order. */
    private final List<StoreProperties> levels;

    private StoreAssembly(List<StoreProperties> levels) {
        this.levels = levels;
    }

    /** @throws InvalidSettingException with the property's full name */
    static Stores stores(YotpoSyncProperties properties) {
        Map<String, StoreProperties> named = once(Objects.requireNonNull(properties.stores()));
        Map<String, StoreProperties> respelt = respelt(named);
        respelt.keySet().forEach(key -> named.remove(uniform(key)));
        List<StoreSettings> stores = named.entrySet().stream()
                .map(entry -> store(
                        entry.getKey(),
                        Stream.of(respelt.get(entry.getKey()), entry.getValue(), properties.defaults())
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
        try {
            return new Stores(stores);
        } catch (InvalidSettingException wrong) {
            throw wrong.under(PREFIX);
        }
    }

    /**
     * A store that two files spell in two ways is there twice, each time whole, for the binder finds all of it by either
     * key. It is called as in the file below the other.
     */
    private static Map<String, StoreProperties> once(Map<String, StoreProperties> named) {
        Map<String, StoreProperties> once = new LinkedHashMap<>();
        named.forEach((key, own) -> {
            once.entrySet()
                    .removeIf(above -> !key.equals(uniform(key))
                            && uniform(above.getKey()).equals(uniform(key))
                            && above.getValue().equals(own));
            once.put(key, own);
        });
        return once;
    }

    /**
     * What an environment variable says of a store, which cannot spell every key: {@code YOTPO_SYNC_STORES_EUSHOP_SECRET} is
     * of {@code eu-shop}. Mostly a binder that is asked for either finds the same.
     */
    private static Map<String, StoreProperties> respelt(Map<String, StoreProperties> named) {
        Map<String, StoreProperties> respelt = new HashMap<>();
        named.forEach((key, own) -> {
            StoreProperties other = key.equals(uniform(key)) ? null : named.get(uniform(key));
            if (other != null && (own.equals(other) || !(isWhole(own) && isWhole(other)))) {
                respelt.put(key, other);
            }
        });
        return respelt;
    }

    /** What Boot's binder makes of a key. */
    static String uniform(String key) {
        return key.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isWhole(StoreProperties store) {
        return store.appKey() != null && store.secret() != null;
    }

    private static StoreSettings store(String name, List<StoreProperties> levels) {
        StoreKey key = key(name);
        try {
            StoreAssembly assembly = new StoreAssembly(levels);
            return assembly.store(key, assembly.credentials());
        } catch (InvalidSettingException wrong) {
            StoreProperties defaults = levels.get(levels.size() - 1);
            throw wrong.under(PREFIX + (isOfDefaults(wrong, defaults) ? ".defaults" : ".stores." + key));
        }
    }

    /** Whether the same is wrong with a store that says nothing but its credentials. */
    private static boolean isOfDefaults(InvalidSettingException wrong, StoreProperties defaults) {
        try {
            Objects.requireNonNull(new StoreAssembly(List.of(defaults)).store(StoreKey.DEFAULT, UNTOLD));
            return false;
        } catch (InvalidSettingException ofDefaults) {
            return wrong.setting().equals(ofDefaults.setting());
        }
    }

    private static StoreKey key(String name) {
        try {
            return new StoreKey(name);
        } catch (IllegalArgumentException wrong) {
            throw StoreNames.unusable(name);
        }
    }

    private StoreSettings store(StoreKey key, Credentials credentials) {
        String site = nullable(StoreProperties::site, null);
        return new StoreSettings(
                key,
                value(StoreProperties::enabled, true),
                site == null || site.isBlank() ? key.value() : site.strip(),
                credentials,
                value(StoreProperties::sharedAppKey, false),
                identifier(),
                mapping(),
                sending());
    }

    private Credentials credentials() {
        return new Credentials(
                required("app-key", StoreProperties::appKey, "It is the store id (app key)"),
                required("secret", StoreProperties::secret, "It is the API secret"));
    }

    private String required(String setting, Function<StoreProperties, @Nullable String> of, String what) {
        String value = nullable(of, null);
        if (value == null || value.isBlank()) {
            throw new InvalidSettingException(setting, "is missing", what + " shown in Yotpo's account settings.");
        }
        return value.strip();
    }

    private IdentifierSettings identifier() {
        IdentifierSettings core = IdentifierSettings.DEFAULTS;
        return new IdentifierSettings(
                nullable(store -> store.identifier().externalId(), core.externalId()),
                value(store -> store.identifier().prefer(), core.prefer()),
                value(store -> store.identifier().phoneNumber(), core.phoneNumber()));
    }

    private MappingSettings mapping() {
        MappingSettings core = MappingSettings.DEFAULTS;
        Map<String, String> attributes = new HashMap<>();
        levels.forEach(level -> Objects.requireNonNull(level.attributes()).forEach(attributes::putIfAbsent));
        attributes.values().removeIf(String::isBlank); // as a store says that it does without one of the defaults
        MappingSettings mapping = new MappingSettings(
                nullable(StoreProperties::defaultCurrency, core.defaultCurrency()),
                nullable(StoreProperties::defaultLanguage, core.defaultLanguage()),
                nullable(StoreProperties::defaultRegion, core.defaultRegion()),
                attributes,
                value(StoreProperties::customProperties, core.customProperties()),
                nullable(store -> store.consent().email(), core.emailConsent()),
                nullable(store -> store.consent().sms(), core.smsConsent()),
                value(StoreProperties::mappingVersion, core.version()));
        PayloadMapper.requireUsable(mapping);
        return mapping;
    }

    private SendingSettings sending() {
        SendingSettings core = SendingSettings.DEFAULTS;
        return new SendingSettings(
                url(value(StoreProperties::baseUrl, core.baseUrl().toString())),
                value(StoreProperties::rateLimit, core.rateLimit()),
                value(StoreProperties::maxInFlight, core.maxInFlight()),
                value(StoreProperties::connectTimeout, core.connectTimeout()),
                value(StoreProperties::requestTimeout, core.requestTimeout()),
                value(StoreProperties::settle, core.settle()),
                value(StoreProperties::retryDelay, core.retryDelay()),
                value(StoreProperties::maxRetryDelay, core.maxRetryDelay()),
                value(StoreProperties::lease, core.lease()));
    }

    private static URI url(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "base-url", "is not a URL", "Use https://api.yotpo.com, or leave it out.");
        }
    }

    private <T> T value(Function<StoreProperties, @Nullable T> setting, T core) {
        T value = nullable(setting, core);
        return value == null ? core : value;
    }

    private <T> @Nullable T nullable(Function<StoreProperties, @Nullable T> setting, @Nullable T core) {
        for (StoreProperties level : levels) {
            T value = setting.apply(level);
            if (value != null) {
                return value;
            }
        }
        return core;
    }
}
