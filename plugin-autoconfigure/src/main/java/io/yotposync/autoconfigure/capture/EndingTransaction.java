package io.yotposync.autoconfigure.capture;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells whose transaction it is that ends on this thread. With several transaction managers one may end inside another's,
 * and a connection may be bound that was only read over: rows written there would be kept or rolled back with the wrong
 * transaction, or with none.
 */
final class EndingTransaction {

    private static final Set<String> HOLDERS = Set.of(
            "org.springframework.jdbc.datasource.ConnectionHolder", "org.springframework.orm.jpa.EntityManagerHolder");

    /** A manager says so of what it has begun; nobody else is meant to ask. */
    private static final ClassValue<Optional<Method>> ACTIVE = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private EndingTransaction() {}

    static Map<Object, Object> resources() {
        return TransactionSynchronizationManager.getResourceMap();
    }

    /**
     * Whether it is the connection's.
     *
     * @param connection as bound to this thread
     * @param jta whether the host's transactions are JTA's, which begins none of what is bound
     */
    static boolean isOf(ConnectionHolder connection, BooleanSupplier jta) {
        List<Object> begun = begun();
        if (begun.isEmpty()) {
            return jta.getAsBoolean();
        }
        if (begun.size() > 1) {
            return false; // one manager's inside another's
        }
        // JPA's manager binds the connection beside its own holder; whoever only reads over it says that it did.
        return begun.get(0) == connection
                || !(begun.get(0) instanceof ConnectionHolder || connection.isSynchronizedWithTransaction());
    }

    /** Whether it is somebody else's, who need not know of every connection that is used in it. */
    static boolean isElsewhere() {
        return begun().isEmpty();
    }

    private static List<Object> begun() {
        return resources().values().stream().filter(EndingTransaction::isActive).toList();
    }

    private static boolean isActive(Object resource) {
        try {
            Optional<Method> active = ACTIVE.get(resource.getClass());
            return active.isPresent() && Boolean.TRUE.equals(active.get().invoke(resource));
        } catch (ReflectiveOperationException hidden) {
            return false;
        }
    }

    private static Optional<Method> find(@Nullable Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        if (!HOLDERS.contains(type.getName())) {
            return find(type.getSuperclass());
        }
        try {
            Method active = type.getDeclaredMethod("isTransactionActive");
            active.setAccessible(true);
            return Optional.of(active);
        } catch (NoSuchMethodException | RuntimeException hidden) {
            return Optional.empty();
        }
    }
}
