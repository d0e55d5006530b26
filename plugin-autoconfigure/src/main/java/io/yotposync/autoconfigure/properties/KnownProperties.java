package io.yotposync.autoconfigure.properties;

import io.yotposync.store.StoreKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all properties that are read, and which of them somebody meant who wrote another. */
final class KnownProperties {

    private static final String ANY = "*";
    private static final String ANYTHING_BELOW = "**";
    private static final String NUMBER = "[]";
    private static final List<String> ROOT = List.of("yotpo", "sync");
    private static final Set<String> STORES = Set.of("store", "stores");

    /** How a mapping of attributes goes on. */
    static final String NAMED = ".<name>=<Yotpo property>";

    /** Elements of every name that is read. */
    private final List<List<String>> known = new ArrayList<>();

    /** @param trees the records that the properties are bound to */
    KnownProperties(List<Class<?>> trees) {
        trees.forEach(tree -> collect(tree, ROOT));
    }

    boolean contains(ConfigurationPropertyName name) {
        return known.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(List<String> pattern, ConfigurationPropertyName name) {
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).equals(ANYTHING_BELOW)) {
                return true;
            }
            if (i >= name.getNumberOfElements() || !matches(pattern.get(i), name.getElement(i, Form.UNIFORM))) {
                return false;
            }
        }
        return name.getNumberOfElements() == pattern.size();
    }

    private static boolean matches(String pattern, String element) {
        return switch (pattern) {
            case ANY -> true;
            case NUMBER -> element.chars().allMatch(Character::isDigit);
            default -> uniform(pattern).equals(element);
        };
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
                    known.add(with(name, NUMBER)); // its single elements
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

    /** What to write instead of an unknown name, in a sentence. */
    String meant(ConfigurationPropertyName name) {
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
        if (STORES.contains(name.getElement(from, Form.UNIFORM))) {
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
        elements.removeAll(List.of(ANYTHING_BELOW, NUMBER));
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
