package io.yotposync.broadleaf;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bean property path such as {@code auditable.createdBy}, each class's getters resolved once. A property that a
 * class does not have, or a {@code null} on the way, gives {@code null}; what a getter throws comes through.
 */
final class BeanPath {

    /** Reaches everything. */
    private static final Reading LOADING = new Reading(true);

    private final List<Property> properties;

    BeanPath(String path) {
        properties = Stream.of(path.split("\\.", -1)).map(Property::new).toList();
    }

    @Nullable
    Object read(@Nullable Object bean) {
        return read(bean, LOADING);
    }

    /** The same, as far as the reading reaches. */
    @Nullable
    Object read(@Nullable Object bean, Reading reading) {
        Object at = bean;
        for (Property property : properties) {
            Object reached = reading.reach(at);
            if (reached == null) {
                return null;
            }
            at = property.of(reached);
        }
        return at;
    }

    @Nullable
    String text(@Nullable Object bean, Reading reading) {
        Object value = read(bean, reading);
        return value == null ? null : value.toString();
    }

    /** Whether the first property of the path is one of the type's. */
    boolean beginsAt(Class<?> type) {
        return properties.get(0).get(type).isPresent();
    }

    /** One property, with the getter of each class that was asked for it. */
    private static final class Property extends ClassValue<Optional<MethodHandle>> {

        private final String name;

        Property(String name) {
            this.name = name;
        }

        @Override
        protected Optional<MethodHandle> computeValue(Class<?> type) {
            return getter(type, name);
        }

        @Nullable
        Object of(Object bean) {
            Optional<MethodHandle> getter = get(bean.getClass());
            if (getter.isEmpty()) {
                return null;
            }
            try {
                return getter.get().invoke(bean);
            } catch (RuntimeException | Error fault) {
                throw fault;
            } catch (Throwable fault) {
                throw new IllegalStateException("getter of " + name + " failed", fault);
            }
        }
    }

    /** As declared by a public class or interface, for the entity's own class may be hidden. */
    private static Optional<MethodHandle> getter(Class<?> type, String name) {
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Stream.of("get" + suffix, "is" + suffix)
                .flatMap(getter -> Ancestors.of(type).map(each -> declared(each, getter)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(BeanPath::handle);
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.publicLookup().unreflect(method);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException(notPublic);
        }
    }

    private static @Nullable Method declared(Class<?> type, String name) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return null;
        }
        try {
            Method method = type.getMethod(name);
            boolean usable = Modifier.isPublic(method.getDeclaringClass().getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() != void.class;
            return usable ? method : null;
        } catch (NoSuchMethodException | LinkageError absent) {
            return null;
        }
    }
}
