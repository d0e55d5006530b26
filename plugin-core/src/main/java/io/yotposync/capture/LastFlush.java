package io.yotposync.capture;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts work between the last flush of a transaction's Hibernate session and the commit. Rows that are written before the
 * host's own are locked before them too, and whoever takes the two the other way round ends in a deadlock. Thread-safe.
 */
public final class LastFlush {

    private static final Logger LOG = LoggerFactory.getLogger(LastFlush.class);
    private static final String HOLDER = "org.springframework.orm.jpa.EntityManagerHolder";
    private static final List<String> ENTITY_MANAGERS =
            List.of("jakarta.persistence.EntityManager", "javax.persistence.EntityManager");

    private volatile @Nullable HibernateApi hibernate;
    private volatile boolean unknown;

    /**
     * @param resources what Spring has bound to the thread, of whatever transactions
     * @param connection of the transaction that is meant
     * @param work done on this thread; what it throws comes out of the commit
     * @return whether it will be done; {@code false} where no session of a Hibernate that is known here takes part
     */
    public boolean then(Collection<?> resources, Connection connection, Runnable work) {
        return then(resources, connection, false, work);
    }

    /** The same, but only where the session is in the middle of a flush. */
    public boolean thenIfFlushing(Collection<?> resources, Connection connection, Runnable work) {
        return then(resources, connection, true, work);
    }

    private boolean then(Collection<?> resources, Connection connection, boolean ifFlushing, Runnable work) {
        for (Object resource : resources) {
            if (isHolder(resource.getClass()) && then(resource, connection, ifFlushing, work)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHolder(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(HOLDER) || isHolder(type.getSuperclass()));
    }

    private boolean then(Object holder, Connection connection, boolean ifFlushing, Runnable work) {
        if (unknown) {
            return false;
        }
        try {
            Object manager = Foreign.get(Foreign.of(holder.getClass()).method("getEntityManager"), holder);
            Class<?> type = entityManager(manager.getClass().getClassLoader());
            HibernateApi api = api(manager);
            Method unwrap = Foreign.of(type).method("unwrap", Class.class);
            Object session = Foreign.get(unwrap, manager, api.session());
            if (!api.isInTransaction(session)
                    || (ifFlushing && !api.isFlushing(session))
                    || !uses(connection, session, api)) {
                return false;
            }
            api.atCompletion(session, work, committed -> {});
            return true;
        } catch (RuntimeException | LinkageError another) {
            LOG.debug(
                    "Yotpo sync: no session to wait for: {}", another.getClass().getName());
            return false;
        }
    }

    /** An outer transaction's session, over another connection, will not be flushed for this one. */
    @SuppressWarnings("ReferenceEquality") // the very same one
    private static boolean uses(Connection connection, Object session, HibernateApi api) {
        AtomicBoolean same = new AtomicBoolean();
        api.withConnection(session, its -> same.set(its == connection));
        return same.get();
    }

    private static Class<?> entityManager(ClassLoader loader) {
        for (String name : ENTITY_MANAGERS) {
            try {
                return Class.forName(name, false, loader);
            } catch (ClassNotFoundException next) {
                LOG.trace("Yotpo sync: no {}", name);
            }
        }
        throw new IllegalStateException("no JPA");
    }

    private HibernateApi api(Object manager) {
        HibernateApi known = hibernate;
        if (known == null) {
            try {
                known = HibernateApi.of(manager);
            } catch (IllegalStateException another) {
                unknown = true;
                LOG.warn(
                        "Yotpo sync: {} in the host's Hibernate; what CustomerSaved says is written before its last flush,"
                                + " which may end in deadlocks",
                        another.getMessage());
                throw another;
            }
            hibernate = known;
        }
        return known;
    }
}
