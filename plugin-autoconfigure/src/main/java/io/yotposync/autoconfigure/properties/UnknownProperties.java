package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties under our prefix that nobody reads: mostly a slip of the pen, which would otherwise be a setting that
 * silently does nothing. Environment variables are left out, for their names do not tell dots from dashes.
 */
final class UnknownProperties {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private UnknownProperties() {}

    /** @throws InvalidSettingException for the first of them, with what was probably meant */
    static void refuse(Environment environment) {
        in(environment).ifPresent(found -> {
            throw new InvalidSettingException(
                    found.setting(), found.problem(), found.fix() + " To be warned only, set yotpo.sync.strict=false.");
        });
    }

    static void warn(Environment environment) {
        in(environment).ifPresent(found -> LOG.warn("Yotpo sync: {}", found.getMessage()));
    }

    private static Optional<InvalidSettingException> in(Environment environment) {
        KnownProperties known = new KnownProperties(List.of(YotpoSyncProperties.class, ScanProperties.class));
        SortedMap<String, ConfigurationPropertyName> unknown = new TreeMap<>();
        namesBySource(environment).stream().flatMap(List::stream).forEach(name -> {
            ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
            if (!known.contains(adapted)) {
                unknown.put(adapted.toString(), adapted);
            }
        });
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String first = unknown.firstKey();
        String others = unknown.size() == 1
                ? ""
                : " Not known either: "
                        + String.join(", ", unknown.tailMap(first + "\0").keySet()) + ".";
        return Optional.of(new InvalidSettingException(
                first, "is not known", known.meant(unknown.values().iterator().next()) + others));
    }

    /** Under our prefix, as they are written; those of environment variables are left out. */
    static List<List<String>> namesBySource(Environment environment) {
        return environment instanceof ConfigurableEnvironment configurable
                ? configurable.getPropertySources().stream()
                        .map(UnknownProperties::names)
                        .toList()
                : List.of();
    }

    private static List<String> names(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> all && !(source instanceof SystemEnvironmentPropertySource)
                ? Arrays.stream(all.getPropertyNames())
                        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(YotpoSyncProperties.PREFIX + "."))
                        .toList()
                : List.of();
    }
}
