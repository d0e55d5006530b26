package io.yotposync.capture;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The few calls to Hibernate that are the same from 5.x to 7.x, or nearly so, all looked up at start: a Hibernate that
 * lacks one is found then, not when a customer is saved.
 */
final class HibernateApi {

    private final Foreign work;
    private final Foreign beforeCompletion;
    private final Foreign afterCompletion;
    private final Foreign listeners;
    private final Foreign eventType;
    private final ClassLoader loader;
    private final Class<?> sessionFactory;
    private final Class<?> session;
    private final Class<?> source;
    private final Method serviceRegistry;
    private final Method service;
    private final Method appendListeners;
    private final Method openSession;
    private final Method close;
    private final Method inTransaction;
    private final Method doWork;
    private final Method actionQueue;
    private final Method registerBefore;
    private final Method registerAfter;
    private final Method persistenceContext;
    private final Method flushing;
    private final Method entityEntries;
    private final Method initialized;
    private final Method unproxy;

    /**
     * As a factory or a manager of the host's sees it. A server may ship JPA's interfaces in a class loader that knows no
     * Hibernate, so that they cannot be asked; a proxy's may be such a one too, and then ours is the host's.
     *
     * @throws IllegalStateException if there is no Hibernate, or another than we know
     */
    static HibernateApi of(Object host) {
        ClassLoader its = host.getClass().getClassLoader();
        ClassLoader ours = HibernateApi.class.getClassLoader();
        return new HibernateApi(Foreign.isThere("org.hibernate.SessionFactory", its) ? its : ours);
    }

    private HibernateApi(ClassLoader loader) {
        this.loader = loader;
        work = foreign("jdbc.Work");
        listeners = foreign("event.service.spi.EventListenerRegistry");
        eventType = foreign("event.spi.EventType");
        Foreign factory = foreign("engine.spi.SessionFactoryImplementor");
        Foreign events = foreign("event.spi.EventSource");
        Foreign shared = foreign("engine.spi.SharedSessionContractImplementor");
        Foreign queue = foreign("engine.spi.ActionQueue");
        sessionFactory = factory.type();
        session = shared.type();
        source = events.type();
        serviceRegistry = factory.method("getServiceRegistry");
        service = foreign("service.ServiceRegistry").method("getService", Class.class);
        appendListeners = listeners.method("appendListeners", eventType.type(), Object[].class);
        openSession = foreign("SessionFactory").method("openSession");
        close = foreign("Session").method("close");
        inTransaction = shared.method("isTransactionInProgress");
        doWork = events.method("doWork", work.type());
        actionQueue = events.method("getActionQueue");
        boolean callbacks = queue.has("registerCallback"); // since 7.2
        beforeCompletion = foreign(
                callbacks
                        ? "engine.spi.TransactionCompletionCallbacks$BeforeCompletionCallback"
                        : "action.spi.BeforeTransactionCompletionProcess");
        afterCompletion = foreign(
                callbacks
                        ? "engine.spi.TransactionCompletionCallbacks$AfterCompletionCallback"
                        : "action.spi.AfterTransactionCompletionProcess");
        String register = callbacks ? "registerCallback" : "registerProcess";
        registerBefore = queue.method(register, beforeCompletion.type());
        registerAfter = queue.method(register, afterCompletion.type());
        persistenceContext = shared.method("getPersistenceContext");
        Foreign context = foreign("engine.spi.PersistenceContext");
        flushing = context.method("isFlushing");
        entityEntries = context.method("reentrantSafeEntityEntries");
        Foreign hibernate = foreign("Hibernate");
        initialized = hibernate.method("isInitialized", Object.class);
        unproxy = hibernate.method("unproxy", Object.class);
    }

    private Foreign foreign(String name) {
        return Foreign.named("org.hibernate." + name, loader);
    }

    /** What an {@code EntityManagerFactory} unwraps to. */
    Class<?> sessionFactory() {
        return sessionFactory;
    }

    /** What an {@code EntityManager} unwraps to. */
    Class<?> session() {
        return session;
    }

    /**
     * Adds a listener behind the host's own.
     *
     * @param action {@code Insert}, {@code Update} or {@code Delete}
     * @param saved called with the entity and its session after the row was written, before the commit
     */
    void listen(Object factory, String action, Saved saved) {
        Foreign event = foreign("event.spi.Post" + action + "Event");
        Method entity = event.method("getEntity");
        Method session = event.method("getSession");
        Foreign type = foreign("event.spi.Post" + action + "EventListener");
        Object listener = type.implementedBy("Yotpo sync", arguments -> {
            // The other method asks whether we want to be told after the commit too.
            if (event.type().isInstance(arguments[0])) {
                saved.saved(Foreign.get(entity, arguments[0]), () -> Foreign.get(session, arguments[0]));
            }
            return null;
        });
        Object array = Array.newInstance(type.type(), 1);
        Array.set(array, 0, listener);
        String constant = "POST_" + action.toUpperCase(Locale.ROOT);
        Object registry = Foreign.get(service, Foreign.get(serviceRegistry, factory), listeners.type());
        Foreign.call(appendListeners, registry, eventType.constant(constant), array);
    }

    boolean isFlushing(Object session) {
        return Boolean.TRUE.equals(Foreign.call(flushing, Foreign.get(persistenceContext, session)));
    }

    /** Never so for a session without state: it has no queue of actions to wait in. */
    boolean isInTransaction(Object session) {
        return source.isInstance(session) && Boolean.TRUE.equals(Foreign.call(inTransaction, session));
    }

    /**
     * Runs both in the session's transaction: one between the last flush and the commit, one after its end. Hibernate keeps
     * what is to come before a commit that never came, for the session's next transaction: that is none of this one's.
     *
     * @param after told whether it was committed
     */
    void atCompletion(Object session, Runnable before, Consumer<Boolean> after) {
        Object queue = Foreign.get(actionQueue, session);
        AtomicBoolean over = new AtomicBoolean();
        Foreign.call(registerAfter, queue, afterCompletion.implementedBy("Yotpo sync after completion", arguments -> {
            over.set(true);
            after.accept(Boolean.TRUE.equals(arguments[0]));
            return null;
        }));
        Foreign.call(
                registerBefore, queue, beforeCompletion.implementedBy("Yotpo sync before completion", arguments -> {
                    if (!over.get()) {
                        before.run();
                    }
                    return null;
                }));
    }

    /** Lends the connection of the session's transaction. */
    void withConnection(Object session, Consumer<Connection> use) {
        Foreign.call(doWork, session, work.implementedBy("Yotpo sync", arguments -> {
            use.accept((Connection) arguments[0]);
            return null;
        }));
    }

    /** The same in a session of our own, at start. */
    void withOwnSession(Object factory, Consumer<Connection> use) {
        Object session = Foreign.get(openSession, factory);
        try {
            withConnection(session, use);
        } finally {
            Foreign.call(close, session);
        }
    }

    /** Every entity that the session knows. */
    List<Object> entities(Object session) {
        Object[] entries = (Object[]) Foreign.get(entityEntries, Foreign.get(persistenceContext, session));
        List<Object> entities = new ArrayList<>(entries.length);
        for (Object entry : entries) {
            entities.add(((Map.Entry<?, ?>) entry).getKey());
        }
        return entities;
    }

    /** The entity behind a proxy if it is loaded, otherwise the proxy. */
    Object loaded(Object entity) {
        return Boolean.TRUE.equals(Foreign.call(initialized, null, entity)) ? unproxy(entity) : entity;
    }

    /** The entity behind a proxy, loaded if need be. */
    Object unproxy(Object entity) {
        return Foreign.get(unproxy, null, entity);
    }

    /** Told of an entity that was written. */
    @FunctionalInterface
    interface Saved {
        void saved(Object entity, Supplier<Object> session);
    }
}
