package io.yotposync.broadleaf;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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
        this(path, type -> {});
    }

    /** @param lacking told of each class on the way that does not have its property, mostly once */
    BeanPath(String path, Consumer<Class<?>> lacking) {
        properties = Stream.of(path.split("\\.", -1))
                .map(name -> new Property(name, lacking))
                .toList();
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

    /** One property, with the getter of each class that was asked for it. */
    private static final class Property extends ClassValue<Optional<MethodHandle>> {

        private final String name;
        private final Consumer<Class<?>> lacking;

        Property(String name, Consumer<Class<?>> lacking) {
            this.name = name;
            this.lacking = lacking;
        }

        @Override
        protected Optional<MethodHandle> computeValue(Class<?> type) {
            Optional<MethodHandle> getter = getter(type, name);
            if (getter.isEmpty()) {
                lacking.accept(type);
            }
            return getter;
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
