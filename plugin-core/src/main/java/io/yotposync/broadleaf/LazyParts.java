package io.yotposync.broadleaf;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Tells whether Hibernate has loaded a collection or an entity, without loading it. By names that Hibernate 5 and 6 have
 * in common; what it does not know is loaded.
 */
final class LazyParts {

    private static final String COLLECTION = "org.hibernate.collection.spi.PersistentCollection";
    private static final String PROXY = "org.hibernate.proxy.HibernateProxy";

    private interface Question {
        boolean isLoaded(Object part) throws ReflectiveOperationException;
    }

    private static final ClassValue<Question> QUESTIONS = new ClassValue<>() {
        @Override
        protected Question computeValue(Class<?> type) {
            return question(type);
        }
    };

    private static final BeanPath IMPLEMENTATION = new BeanPath("hibernateLazyInitializer.implementation");

    private LazyParts() {}

    /** The entity behind Hibernate's proxy, whose own fields are empty; any other is itself. Loads it if need be. */
    static Object unproxied(Object entity) {
        Object implementation = IMPLEMENTATION.read(entity);
        return implementation == null ? entity : implementation;
    }

    static boolean isLoaded(Object part) {
        try {
            return QUESTIONS.get(part.getClass()).isLoaded(part);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return true;
        }
    }

    private static Question question(Class<?> type) {
        Question loaded = part -> true;
        try {
            Optional<Class<?>> collection = implemented(type, COLLECTION);
            if (collection.isPresent()) {
                Method was = collection.get().getMethod("wasInitialized");
                return part -> (boolean) was.invoke(part);
            }
            Optional<Class<?>> proxy = implemented(type, PROXY);
            if (proxy.isPresent()) {
                Method initializer = proxy.get().getMethod("getHibernateLazyInitializer");
                Method is = initializer.getReturnType().getMethod("isUninitialized");
                return part -> !(boolean) is.invoke(initializer.invoke(part));
            }
            return loaded;
        } catch (NoSuchMethodException | LinkageError otherwise) {
            return loaded;
        }
    }

    /** The interface of that name that the type has. */
    static Optional<Class<?>> implemented(Class<?> type, String name) {
        return Ancestors.of(type)
                .filter(each -> each.isInterface() && each.getName().equals(name))
                .findFirst();
    }
}
