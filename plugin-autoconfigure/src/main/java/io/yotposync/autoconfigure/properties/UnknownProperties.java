package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
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
    private static final String ANY = "*";
    private static final String ANYTHING_BELOW = "**";

    /** Elements of every name that is read. */
    private final List<List<String>> known = new ArrayList<>();

    private UnknownProperties(List<Class<?>> trees) {
        trees.forEach(tree -> collect(tree, List.of("yotpo", "sync")));
    }

    /** @throws InvalidSettingException for the first of them, with what was probably meant */
    static void refuse(Environment environment) {
        UnknownProperties unknown = new UnknownProperties(List.of(YotpoSyncProperties.class, ScanProperties.class));
        unknown.in(environment).ifPresent(found -> {
            throw found;
        });
    }

    static void warn(Environment environment) {
        UnknownProperties unknown = new UnknownProperties(List.of(YotpoSyncProperties.class, ScanProperties.class));
        unknown.in(environment).ifPresent(found -> LOG.warn("Yotpo sync: {}", found.getMessage()));
    }

    private Optional<InvalidSettingException> in(Environment environment) {
        SortedSet<String> unknown = new TreeSet<>();
        if (environment instanceof ConfigurableEnvironment configurable) {
            configurable
                    .getPropertySources()
                    .forEach(source -> namesOf(source).stream()
                            .filter(name -> !isKnown(name))
                            .forEach(name -> unknown.add(name.toString())));
        }
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String first = unknown.first();
        String others = unknown.size() == 1 ? "" : " Nor are " + String.join(", ", unknown.tailSet(first + "\0")) + ".";
        return Optional.of(new InvalidSettingException(
                first,
                "is not known",
                "Did you mean " + nearest(ConfigurationPropertyName.of(first)) + "?" + others
                        + " To be warned only, set yotpo.sync.strict=false."));
    }

    private static List<ConfigurationPropertyName> namesOf(PropertySource<?> source) {
        if (source instanceof SystemEnvironmentPropertySource || !(source instanceof EnumerablePropertySource<?> all)) {
            return List.of();
        }
        List<ConfigurationPropertyName> names = new ArrayList<>();
        for (String name : all.getPropertyNames()) {
            if (name.toLowerCase(Locale.ROOT).startsWith(YotpoSyncProperties.PREFIX + ".")) {
                names.add(ConfigurationPropertyName.adapt(name, '.'));
            }
        }
        return names;
    }

    private boolean isKnown(ConfigurationPropertyName name) {
        return known.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(List<String> pattern, ConfigurationPropertyName name) {
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).equals(ANYTHING_BELOW)) {
                return true;
            }
            if (i >= name.getNumberOfElements()
                    || !(pattern.get(i).equals(ANY)
                            || uniform(pattern.get(i)).equals(name.getElement(i, Form.UNIFORM)))) {
                return false;
            }
        }
        return name.getNumberOfElements() == pattern.size();
    }

    private static String uniform(String element) {
        return element.replace("-", "");
    }

    private void collect(Class<?> tree, List<String> prefix) {
        for (RecordComponent component : tree.getRecordComponents()) {
            List<String> name = with(prefix, dashed(component.getName()));
            Class<?> type = component.getType();
            if (Map.class.isAssignableFrom(type)) {
                Class<?> values = valuesOf(component.getGenericType());
                if (values.isRecord()) {
                    collect(values, with(name, ANY));
                } else {
                    known.add(with(name, ANYTHING_BELOW));
                }
            } else if (type.isRecord()) {
                collect(type, name);
            } else {
                known.add(name);
                if (Iterable.class.isAssignableFrom(type)) {
                    known.add(with(name, ANY)); // its single elements
                }
            }
        }
    }

    private static Class<?> valuesOf(Type map) {
        Type values = ((ParameterizedType) map).getActualTypeArguments()[1];
        return values instanceof Class<?> known ? known : Object.class;
    }

    private static List<String> with(List<String> prefix, String element) {
        List<String> longer = new ArrayList<>(prefix);
        longer.add(element);
        return longer;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The name that takes the fewest changes, a store's key being what it is. */
    private String nearest(ConfigurationPropertyName name) {
        return known.stream()
                .filter(pattern -> !pattern.contains(ANYTHING_BELOW))
                .map(pattern -> filled(pattern, name))
                .min(Comparator.comparingInt((String candidate) -> distance(candidate, name.toString()))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("a property of the README");
    }

    private static String filled(List<String> pattern, ConfigurationPropertyName name) {
        List<String> elements = new ArrayList<>(pattern);
        elements.replaceAll(element -> {
            int at = pattern.indexOf(element);
            return element.equals(ANY) && at < name.getNumberOfElements()
                    ? name.getElement(at, Form.ORIGINAL)
                    : element;
        });
        return String.join(".", elements);
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] next = new int[other.length() + 1];
            next[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, Math.min(last[j], next[j - 1]) + 1);
            }
            last = next;
        }
        return last[other.length()];
    }
}
