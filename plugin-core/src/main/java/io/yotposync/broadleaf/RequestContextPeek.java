package io.yotposync.broadleaf;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.broadleafcommerce.common.classloader.release.ThreadLocalManager;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether this thread has a Broadleaf request context. Asking Broadleaf for it would create one where there is
 * none, and nobody would remove it from the thread; Broadleaf's own register of thread locals knows without asking.
 */
final class RequestContextPeek {

    private final @Nullable ThreadLocal<?> context;
    private final @Nullable ThreadLocal<?> register;
    private final @Nullable Field registered;

    RequestContextPeek() {
        context = threadLocal(BroadleafRequestContext.class, "BROADLEAF_REQUEST_CONTEXT");
        register = threadLocal(ThreadLocalManager.class, "THREAD_LOCAL_MANAGER");
        registered = field(ThreadLocalManager.class, "threadLocals");
    }

    /** {@code true} also where this Broadleaf keeps its register otherwise, so that the site is found at any rate. */
    boolean isPresent() {
        if (context == null || register == null || registered == null) {
            return true;
        }
        try {
            Object manager = register.get();
            return manager == null
                    || !(registered.get(manager) instanceof Map<?, ?> known)
                    || known.containsValue(context);
        } catch (IllegalAccessException | RuntimeException otherwise) {
            return true;
        }
    }

    private static @Nullable ThreadLocal<?> threadLocal(Class<?> type, String name) {
        Field field = field(type, name);
        try {
            return field != null
                            && Modifier.isStatic(field.getModifiers())
                            && field.get(null) instanceof ThreadLocal<?> found
                    ? found
                    : null;
        } catch (IllegalAccessException | RuntimeException | LinkageError otherwise) {
            return null;
        }
    }

    private static @Nullable Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | RuntimeException | LinkageError otherwise) {
            return null;
        }
    }
}
