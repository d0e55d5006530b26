package io.yotposync.capture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.yotposync.store.InvalidSettingException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures customers that are saved through Hibernate: its listeners say which, and between the last flush and the commit
 * they are read and written over the session's own connection. Nothing of the host's mapping or set-up is changed.
 * Thread-safe.
 */
public final class HibernateCapture {

    private static final Logger LOG = LoggerFactory.getLogger(HibernateCapture.class);
    private static final String SETTING = "yotpo.sync.outbox.capture";
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private final AtomicCapture capture;
    private final EntityModel model;
    private final Cache<Object, SavedEntities> open = weak();
    private final Cache<Object, Boolean> captured = weak();
    private volatile boolean stopped;

    public HibernateCapture(AtomicCapture capture, EntityModel model) {
        this.capture = capture;
        this.model = model;
    }

    /** By identity, and never longer than the host itself keeps them. */
    private static <V> Cache<Object, V> weak() {
        return Caffeine.newBuilder()
                .weakKeys()
                .expireAfterWrite(LONGEST_TRANSACTION)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Listens to a factory from now on, if it maps customers.
     *
     * @param factory an {@code EntityManagerFactory}
     * @param jpa that interface, of {@code javax.persistence} or {@code jakarta.persistence}
     * @return whether it maps customers
     * @throws InvalidSettingException if it does and its transactions cannot take our rows in
     */
    public boolean listenTo(Object factory, Class<?> jpa) {
        if (!mapsCustomers(factory, jpa)) {
            return false;
        }
        HibernateApi hibernate;
        Object sessions;
        try {
            hibernate = HibernateApi.of(factory);
            sessions = Foreign.get(Foreign.of(jpa).method("unwrap", Class.class), factory, hibernate.sessionFactory());
        } catch (RuntimeException | LinkageError unknown) {
            throw wrong("is atomic, but customers are not saved by a Hibernate that is known here", unknown);
        }
        verify(hibernate, sessions);
        hibernate.listen(sessions, "Insert", (entity, session) -> changed(hibernate, entity, session, false));
        hibernate.listen(sessions, "Update", (entity, session) -> changed(hibernate, entity, session, false));
        hibernate.listen(sessions, "Delete", (entity, session) -> changed(hibernate, entity, session, true));
        return true;
    }

    private boolean mapsCustomers(Object factory, Class<?> jpa) {
        ClassLoader loader = jpa.getClassLoader();
        String metamodel = jpa.getPackageName() + ".metamodel.";
        Method javaType = Foreign.named(metamodel + "Type", loader).method("getJavaType");
        Object model = Foreign.get(Foreign.of(jpa).method("getMetamodel"), factory);
        Object entities =
                Foreign.get(Foreign.named(metamodel + "Metamodel", loader).method("getEntities"), model);
        return ((Collection<?>) entities)
                .stream()
                        .map(entity -> Foreign.call(javaType, entity))
                        .anyMatch(type -> type instanceof Class<?> known && this.model.isCustomer(known));
    }

    private void verify(HibernateApi hibernate, Object sessions) {
        try {
            hibernate.withOwnSession(sessions, connection -> {
                try {
                    if (!capture.reaches(connection)) {
                        throw wrong("is atomic, but the outbox's tables are not where the customers are saved", null);
                    }
                } catch (SQLException fault) {
                    throw wrong("is atomic, but the customers' database cannot be asked", fault);
                }
            });
        } catch (InvalidSettingException wrong) {
            throw wrong;
        } catch (RuntimeException fault) {
            throw wrong("is atomic, but the customers' database cannot be asked", fault);
        }
    }

    private static InvalidSettingException wrong(String problem, @Nullable Throwable cause) {
        InvalidSettingException wrong = new InvalidSettingException(
                SETTING,
                problem,
                "Name the customers' own DataSource in yotpo.sync.outbox.jdbc.data-source, or set " + SETTING
                        + "=hand-over.");
        if (cause != null) {
            wrong.initCause(cause);
        }
        return wrong;
    }

    private void changed(HibernateApi hibernate, Object entity, Supplier<Object> session, boolean deleted) {
        try {
            if (!stopped && model.concerns(entity)) {
                captured.invalidate(entity);
                SavedEntities entities = ofTransaction(hibernate, session.get());
                if (entities != null && deleted) {
                    entities.deleted(entity);
                } else if (entities != null) {
                    entities.saved(entity);
                }
            }
        } catch (Throwable fault) {
            report(fault);
        }
    }

    private @Nullable SavedEntities ofTransaction(HibernateApi hibernate, Object session) {
        SavedEntities known = open.getIfPresent(session);
        if (known == null && hibernate.isInTransaction(session)) {
            SavedEntities begun = new SavedEntities(hibernate, model, session);
            hibernate.atCompletion(session, () -> beforeCommit(begun), committed -> {
                open.invalidate(session);
                afterwards(begun, committed);
            });
            open.put(session, begun);
            return begun;
        }
        return known;
    }

    private void beforeCommit(SavedEntities entities) {
        try {
            entities.capture(capture);
        } catch (BrokenTransactionException broken) {
            throw broken;
        } catch (Throwable fault) {
            report(fault);
        }
    }

    private void afterwards(SavedEntities entities, boolean committed) {
        try {
            Captured rows = entities.captured();
            if (committed && rows != null) {
                rows.committed();
                if (rows.isWritten()) {
                    entities.customers().forEach(customer -> captured.put(customer, Boolean.TRUE));
                }
            }
        } catch (Throwable fault) {
            report(fault);
        }
    }

    private static void report(Throwable fault) {
        LOG.warn(
                "Yotpo sync: a customer could not be captured in the host's transaction: {}",
                fault.getClass().getName());
    }

    /** Whether the last committed change of this very entity was captured, so that its event has nothing to add. */
    public boolean isCaptured(Object customer) {
        return captured.getIfPresent(customer) != null;
    }

    /** Captures no more. Hibernate's registry forgets no listener, and the factory may outlive us. */
    public void stop() {
        stopped = true;
    }
}
