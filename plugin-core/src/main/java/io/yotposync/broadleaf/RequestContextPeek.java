package io.yotposync.broadleaf;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Map;
import org.broadleafcommerce.common.classloader.release.ThreadLocalManager;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether this thread has a Broadleaf request context. Asking Broadleaf for it would create one where there is
 * none, and nobody would remove it from the thread; Broadleaf's own register of thread locals knows without asking.
 *
 * <p>By handles of single fields: reflection would load the type of every field of the context, and those of the
 * servlet API may not be there.
 */
final class RequestContextPeek {

    // Static, for the JIT takes only such handles for constants.
    private static final @Nullable ThreadLocal<?> CONTEXT =
            threadLocal(() -> BroadleafRequestContext.class, "BROADLEAF_REQUEST_CONTEXT");
    private static final @Nullable ThreadLocal<?> REGISTER =
            threadLocal(() -> ThreadLocalManager.class, "THREAD_LOCAL_MANAGER");
    private static final @Nullable MethodHandle REGISTERED = registered();

    private RequestContextPeek() {}

    /** {@code true} also where this Broadleaf keeps its register otherwise, so that the site is found at any rate. */
    static boolean isPresent() {
        if (CONTEXT == null || REGISTER == null || REGISTERED == null) {
            return true;
        }
        try {
            Map<?, ?> known = (Map<?, ?>) REGISTERED.invoke(REGISTER.get());
            if (known.isEmpty()) {
                // Made by the question.
                REGISTER.remove();
            }
            return known.containsValue(CONTEXT);
        } catch (Throwable otherwise) {
            return true;
        }
    }

    /** A class that may be missing. */
    private interface Type {
        Class<?> get();
    }

    private static @Nullable ThreadLocal<?> threadLocal(Type type, String name) {
        try {
            MethodHandle field = in(type.get()).findStaticGetter(type.get(), name, ThreadLocal.class);
            return (ThreadLocal<?>) field.invoke();
        } catch (Throwable otherwise) {
            return null;
        }
    }

    private static @Nullable MethodHandle registered() {
        try {
            return in(ThreadLocalManager.class).findGetter(ThreadLocalManager.class, "threadLocals", Map.class);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherwise) {
            return null;
        }
    }

    private static Lookup in(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }
}
