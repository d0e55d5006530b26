package io.yotposync.broadleaf;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Tells whether Hibernate has loaded a collection or an entity, without loading it. By names that Hibernate 5 and 6 have
 * in common; what it does not know is loaded.
 */
final class LazyParts {

    private static final String COLLECTION = "org.hibernate.collection.spi.PersistentCollection";

    /** Of nothing but Java's own types: a class that a server shares, or Java's own, keeps what is here when we are gone. */
    private static final ClassValue<Optional<Method>> WAS_INITIALIZED = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return wasInitialized(type);
        }
    };

    private static final BeanPath UNINITIALIZED = new BeanPath("hibernateLazyInitializer.uninitialized");
    private static final BeanPath IMPLEMENTATION = new BeanPath("hibernateLazyInitializer.implementation");

    private LazyParts() {}

    /** The entity behind Hibernate's proxy, whose own fields are empty; any other is itself. Loads it if need be. */
    static Object unproxied(Object entity) {
        Object implementation = IMPLEMENTATION.read(entity);
        return implementation == null ? entity : implementation;
    }

    static boolean isLoaded(Object part) {
        try {
            Optional<Method> collection = WAS_INITIALIZED.get(part.getClass());
            return collection.isPresent()
                    ? (boolean) collection.get().invoke(part)
                    : !Boolean.TRUE.equals(UNINITIALIZED.read(part));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return true;
        }
    }

    private static Optional<Method> wasInitialized(Class<?> type) {
        try {
            Optional<Class<?>> collection = implemented(type, COLLECTION);
            return collection.isPresent()
                    ? Optional.of(collection.get().getMethod("wasInitialized"))
                    : Optional.empty();
        } catch (NoSuchMethodException | LinkageError otherwise) {
            return Optional.empty();
        }
    }

    /** The interface of that name that the type has. */
    static Optional<Class<?>> implemented(Class<?> type, String name) {
        return Ancestors.of(type)
                .filter(each -> each.isInterface() && each.getName().equals(name))
                .findFirst();
    }
}
