package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Reads trees of properties from the host's environment, and below all of it from the defaults where a Broadleaf
 * developer looks for a module's. Nothing is added to the environment.
 */
final class BoundProperties {

    static final String DEFAULTS = "/config/bc/yotpo-sync/common.properties";

    private static final String STORES = YotpoSyncProperties.PREFIX + ".stores";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private BoundProperties() {}

    /**
     * @throws InvalidSettingException naming the property whose value cannot be read as what it should be, or has a
     *     placeholder that nothing resolves
     */
    static <T extends Record> T bind(Environment environment, Class<T> tree) {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        sources.add(new MapConfigurationPropertySource(defaults()));
        try {
            T bound = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment))
                    .bindOrCreate(YotpoSyncProperties.PREFIX, tree);
            Placeholders.refuse(bound);
            return bound;
        } catch (BindException wrong) {
            throw explained(wrong, environment);
        }
    }

    static Properties defaults() {
        Properties defaults = new Properties();
        try (InputStream file = BoundProperties.class.getResourceAsStream(DEFAULTS)) {
            if (file != null) {
                defaults.load(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return defaults;
    }

    /** The value is not repeated: it may have been meant for another property. */
    private static InvalidSettingException explained(BindException wrong, Environment environment) {
        String name = wrong.getName().toString();
        ConfigurationProperty property = wrong.getProperty();
        String value = property == null ? "" : Placeholders.resolved(environment, String.valueOf(property.getValue()));
        InvalidSettingException explained = Placeholders.isIn(value)
                ? Placeholders.unresolved(name)
                : explained(name, wrong.getTarget().getType().resolve(Object.class), value);
        // Its own words have the value in them, and as the cause Boot would explain it instead.
        explained.addSuppressed(new IllegalArgumentException(wrong.getName() + ", a "
                + wrong.getTarget().getType() + ": "
                + NestedExceptionUtils.getMostSpecificCause(wrong).getClass().getName()));
        return explained;
    }

    private static InvalidSettingException explained(String name, Class<?> type, String value) {
        if (type == StoreProperties.class || name.equals(STORES)) {
            return ofAStore(name);
        }
        if (Map.class.isAssignableFrom(type)) {
            return new InvalidSettingException(
                    name, "is no single value", "Write " + name + KnownProperties.NAMED + ", or leave it out.");
        }
        if (Collection.class.isAssignableFrom(type)) {
            return new InvalidSettingException(
                    name,
                    "is no whole list",
                    "Write all of it in one place: " + name
                            + "=a,b or each entry with its number, from [0] on without a gap.");
        }
        if (type.isRecord()) {
            String first = KnownProperties.dashed(type.getRecordComponents()[0].getName());
            return new InvalidSettingException(
                    name,
                    "is no single value",
                    "Write what is below it, such as " + name + "." + first + ", or take the line out.");
        }
        if (isNumber(type) && NUMBER.matcher(value).matches()) {
            return value.contains(".")
                    ? new InvalidSettingException(name, "is not a whole number", "Write digits alone, such as 5.")
                    : new InvalidSettingException(name, "is out of range", "Write a number nearer to the default.");
        }
        return new InvalidSettingException(name, "is not " + kind(type), fix(type));
    }

    /** The store's key was left out, or what is to be set of it. */
    private static InvalidSettingException ofAStore(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean keyless = Arrays.stream(StoreProperties.class.getRecordComponents())
                .anyMatch(
                        component -> KnownProperties.dashed(component.getName()).equals(last));
        String store = name.equals(STORES) ? STORES + ".default" : name;
        return keyless
                ? new InvalidSettingException(
                        name, "does not say of which store", "Write " + STORES + ".default." + last + ".")
                : new InvalidSettingException(name, "is no single value", "Write " + store + ".app-key.");
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        if (type == Duration.class) {
            return "a duration";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return isNumber(type) ? "a number" : "what it should be";
    }

    private static String fix(Class<?> type) {
        if (type.isEnum()) {
            return "Write one of these, or leave it out.";
        }
        if (type == Duration.class) {
            return "Give a duration such as 250ms, 5s, 10m or 24h.";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "Write true or false, or leave it out.";
        }
        return isNumber(type)
                ? "Write digits, such as 5, without a unit."
                : "See what docs/configuration.md says of it.";
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
    }

    private static String constants(Class<?> type) {
        @Nullable Object[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .map(constant ->
                        String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
