package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
    private static final List<String> ROOT = List.of("yotpo", "sync");
    private static final Set<String> STORES = Set.of("store", "stores");

    /** How a mapping of attributes goes on. */
    static final String NAMED = ".<name>=<Yotpo property>";

    /** Elements of every name that is read. */
    private final List<List<String>> known = new ArrayList<>();

    private UnknownProperties(List<Class<?>> trees) {
        trees.forEach(tree -> collect(tree, ROOT));
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
        SortedMap<String, ConfigurationPropertyName> unknown = new TreeMap<>();
        namesBySource(environment).stream().flatMap(List::stream).forEach(name -> {
            ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
            if (!isKnown(adapted)) {
                unknown.put(adapted.toString(), adapted);
            }
        });
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, ConfigurationPropertyName> first =
                unknown.entrySet().iterator().next();
        String others = unknown.size() == 1
                ? ""
                : " Not known either: "
                        + String.join(
                                ", ", unknown.tailMap(first.getKey() + "\0").keySet()) + ".";
        return Optional.of(new InvalidSettingException(
                first.getKey(),
                "is not known",
                meant(first.getValue()) + others + " To be warned only, set yotpo.sync.strict=false."));
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

    /** A component's name as a property's. */
    static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private String meant(ConfigurationPropertyName name) {
        String below = below(name);
        if (below != null) {
            return "Write what is below it, such as " + below + ", or take the line out.";
        }
        String ofAStore = ofAStore(name);
        return ofAStore == null ? "Did you mean " + nearest(name) + "?" : "Write " + ofAStore + ".";
    }

    /** A property of a section, if this is one: in YAML mostly what is left where all below it was commented out. */
    private @Nullable String below(ConfigurationPropertyName name) {
        int depth = name.getNumberOfElements();
        return known.stream()
                .filter(pattern -> pattern.size() > depth && matches(pattern.subList(0, depth), name))
                .map(pattern -> filled(pattern, name))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What a store's property would be called, if this is one without its store. */
    private @Nullable String ofAStore(ConfigurationPropertyName name) {
        int from = ROOT.size();
        if (name.getNumberOfElements() <= from) {
            return null;
        }
        if (STORES.contains(name.getElement(from, Form.UNIFORM)) && name.getNumberOfElements() > from + 1) {
            from++;
        }
        List<String> elements = new ArrayList<>(ROOT);
        elements.add("stores");
        elements.add(StoreKey.DEFAULT.value());
        for (int i = from; i < name.getNumberOfElements(); i++) {
            elements.add(name.getElement(i, Form.ORIGINAL));
        }
        ConfigurationPropertyName full = ConfigurationPropertyName.adapt(String.join(".", elements), '.');
        return known.stream()
                .filter(pattern -> matches(pattern, full))
                .findFirst()
                .map(pattern -> filled(pattern, full))
                .orElse(null);
    }

    /** The name that takes the fewest changes, a store's key being what it is. */
    private String nearest(ConfigurationPropertyName name) {
        return known.stream()
                .map(pattern -> filled(pattern, name))
                .min(Comparator.comparingInt(
                                (String candidate) -> distance(candidate.replace(NAMED, ""), name.toString()))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("one of those in docs/configuration.md");
    }

    /** The pattern with what the name has for what may be anything. */
    private static String filled(List<String> pattern, ConfigurationPropertyName name) {
        List<String> elements = new ArrayList<>(pattern);
        elements.remove(ANYTHING_BELOW);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).equals(ANY)) {
                boolean given = i < name.getNumberOfElements();
                elements.set(i, given ? name.getElement(i, Form.ORIGINAL) : StoreKey.DEFAULT.value());
            }
        }
        if (!pattern.contains(ANYTHING_BELOW)) {
            return String.join(".", elements);
        }
        if (name.getNumberOfElements() <= elements.size()) {
            return String.join(".", elements) + NAMED;
        }
        for (int i = elements.size(); i < name.getNumberOfElements(); i++) {
            elements.add(name.getElement(i, Form.ORIGINAL));
        }
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
