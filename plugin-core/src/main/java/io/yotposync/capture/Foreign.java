package io.yotposync.capture;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class of the host's that we do not compile against, and what we use of it. */
final class Foreign {

    private final Class<?> type;

    private Foreign(Class<?> type) {
        this.type = type;
    }

    /** @throws IllegalStateException if the host's version does not have it */
    static Foreign named(String name, ClassLoader loader) {
        try {
            return new Foreign(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError absent) {
            throw new IllegalStateException("there is no " + name, absent);
        }
    }

    static boolean isThere(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    static Foreign of(Class<?> type) {
        return new Foreign(type);
    }

    Class<?> type() {
        return type;
    }

    /** @throws IllegalStateException if the host's version does not have it */
    Method method(String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException absent) {
            throw new IllegalStateException("there is no " + type.getName() + "." + name, absent);
        }
    }

    /** Whether the host's version has a method of that name. */
    boolean has(String method) {
        return Stream.of(type.getMethods()).anyMatch(its -> its.getName().equals(method));
    }

    Object constant(String name) {
        try {
            return type.getField(name).get(null);
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException("there is no " + type.getName() + "." + name, absent);
        }
    }

    /** An implementation of this interface; what its handler answers to {@code boolean} methods may be {@code null}. */
    Object implementedBy(String description, Calls calls) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] all = arguments == null ? new Object[0] : arguments;
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == all[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> description;
                };
            }
            Object answer = method.isDefault() ? null : calls.called(all);
            return answer == null && method.getReturnType() == boolean.class ? false : answer;
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** What is done when a method of ours is called. */
    @FunctionalInterface
    interface Calls {
        @Nullable
        Object called(Object[] arguments);
    }

    /** Calls a method; what it throws comes through, unchecked. */
    @SuppressWarnings("NullAway") // static methods have no target
    static @Nullable Object call(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(method.getName() + " failed", cause);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(method.getName() + " is not accessible", hidden);
        }
    }

    /** The same for a method that never returns {@code null}. */
    static Object get(Method method, @Nullable Object target, Object... arguments) {
        Object value = call(method, target, arguments);
        if (value == null) {
            throw new IllegalStateException(method.getName() + " returned nothing");
        }
        return value;
    }
}
