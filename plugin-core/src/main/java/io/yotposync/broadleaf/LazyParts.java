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

    /**
     * What to ask of a part and then of its answer; nothing of one that is always loaded. Of nothing but Java's own types: a
     * class that a server shares, or Java's own, keeps what is here when we are gone.
     */
    private static final ClassValue<Method[]> QUESTIONS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return questions(type);
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
        Method[] questions = QUESTIONS.get(part.getClass());
        try {
            return switch (questions.length) {
                case 0 -> true;
                case 1 -> (boolean) questions[0].invoke(part);
                default -> !(boolean) questions[1].invoke(questions[0].invoke(part));
            };
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return true;
        }
    }

    private static Method[] questions(Class<?> type) {
        try {
            Optional<Class<?>> collection = implemented(type, COLLECTION);
            if (collection.isPresent()) {
                return new Method[] {collection.get().getMethod("wasInitialized")};
            }
            Optional<Class<?>> proxy = implemented(type, PROXY);
            if (proxy.isPresent()) {
                Method initializer = proxy.get().getMethod("getHibernateLazyInitializer");
                return new Method[] {initializer, initializer.getReturnType().getMethod("isUninitialized")};
            }
            return new Method[] {};
        } catch (NoSuchMethodException | LinkageError otherwise) {
            return new Method[] {};
        }
    }

    /** The interface of that name that the type has. */
    static Optional<Class<?>> implemented(Class<?> type, String name) {
        return Ancestors.of(type)
                .filter(each -> each.isInterface() && each.getName().equals(name))
                .findFirst();
    }
}
