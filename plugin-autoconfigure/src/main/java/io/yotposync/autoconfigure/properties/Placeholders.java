package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Finds texts that still have a placeholder. Boot leaves it as it is where nothing resolves it, and taken by the letter it
 * would be a key that guards no store, or a name that nothing has.
 */
final class Placeholders {

    private Placeholders() {}

    /**
     * Looks at every text of a tree, in lists and maps as well.
     *
     * @throws InvalidSettingException with the property's full name, never the text
     */
    static void refuse(Record tree) {
        look(YotpoSyncProperties.PREFIX, tree);
    }

    private static void look(String name, @Nullable Object value) {
        if (value instanceof Record tree) {
            for (RecordComponent component : tree.getClass().getRecordComponents()) {
                look(name + "." + KnownProperties.dashed(component.getName()), part(tree, component));
            }
        } else if (value instanceof Map<?, ?> parts) {
            parts.forEach((key, part) -> look(name + "." + key, part));
        } else if (value instanceof Collection<?> parts) {
            // A placeholder with a comma in it came apart.
            look(name, parts.stream().map(String::valueOf).collect(Collectors.joining(",")));
        } else if (value instanceof String text && isIn(text)) {
            throw unresolved(name);
        }
    }

    static boolean isIn(String text) {
        int begin = text.indexOf("${");
        return begin >= 0 && text.indexOf('}', begin) >= 0;
    }

    /** As far as that can be said: what leads back to itself stays as it is. */
    static String resolved(Environment environment, String text) {
        try {
            return environment.resolvePlaceholders(text);
        } catch (IllegalArgumentException circular) {
            return text;
        }
    }

    static InvalidSettingException unresolved(String name) {
        return new InvalidSettingException(
                name, "has a placeholder that nothing resolves", "Set what it names, or write the value itself.");
    }

    private static @Nullable Object part(Record tree, RecordComponent component) {
        try {
            return component.getAccessor().invoke(tree);
        } catch (ReflectiveOperationException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }
}
