package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.jdbc.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.orm.jpa.EntityManagerHolder;

/** With Hibernate 5 and {@code javax}; the sample shop has Hibernate 6 and {@code jakarta}. */
@Isolated
class LastFlushIT {

    private final LastFlush lastFlush = new LastFlush();
    private final DataSource database = TestDatabase.H2.empty();
    private final SessionFactory sessions = sessions(database);
    private final Session session = sessions.openSession();
    private final List<Integer> seen = new ArrayList<>();

    @AfterEach
    void close() {
        session.close();
        sessions.close();
    }

    @Test
    void workIsDoneWhenTheSessionHasWrittenAllItHasTo() {
        session.beginTransaction();
        session.persist(new Shopper(1, "A"));

        assertThat(lastFlush.then(bound(), connection(), this::look)).isTrue();

        assertThat(seen).isEmpty();
        session.getTransaction().commit();
        assertThat(seen).containsExactly(1);
    }

    @Test
    void workOfATransactionThatIsRolledBackIsNeverDone() {
        session.beginTransaction();
        assertThat(lastFlush.then(bound(), connection(), this::look)).isTrue();
        session.getTransaction().rollback();

        session.beginTransaction();
        session.getTransaction().commit();

        assertThat(seen).isEmpty();
    }

    /** As where an inner transaction of another manager has suspended the session's. */
    @Test
    void aSessionOverAnotherConnectionIsNotWaitedFor() throws Exception {
        session.beginTransaction();

        try (Connection other = database.getConnection()) {
            assertThat(lastFlush.then(bound(), other, this::look)).isFalse();
        }
        session.getTransaction().commit();

        assertThat(seen).isEmpty();
    }

    @Test
    void aSessionThatIsInNoTransactionIsNotWaitedFor() {
        assertThat(lastFlush.then(bound(), connection(), this::look)).isFalse();
    }

    @Test
    void inTheMiddleOfAFlushWorkIsStillToComeAndOtherwiseNobodyIsAsked() {
        List<Boolean> arranged = new ArrayList<>();
        ((SessionFactoryImplementor) sessions)
                .getServiceRegistry()
                .getService(EventListenerRegistry.class)
                .appendListeners(
                        EventType.POST_INSERT,
                        inserted((event) -> arranged.add(lastFlush.thenIfFlushing(bound(), connection(), this::look))));
        session.beginTransaction();
        session.persist(new Shopper(1, "A"));
        assertThat(lastFlush.thenIfFlushing(bound(), connection(), this::look)).isFalse();

        session.getTransaction().commit();

        assertThat(arranged).containsExactly(true);
        assertThat(seen).containsExactly(1);
    }

    private static PostInsertEventListener inserted(Consumer<PostInsertEvent> heard) {
        return new PostInsertEventListener() {
            @Override
            public void onPostInsert(PostInsertEvent event) {
                heard.accept(event);
            }

            @Override
            @SuppressWarnings("deprecation") // the only way to be one
            public boolean requiresPostCommitHanding(EntityPersister persister) {
                return false;
            }
        };
    }

    @Test
    void whatElseIsBoundIsLeftAlone() {
        session.beginTransaction();

        assertThat(lastFlush.then(List.of("a cache's", 7), connection(), this::look))
                .isFalse();
        session.getTransaction().rollback();
    }

    @Test
    void aHibernateThatIsNotKnownIsWarnedOfOnce() {
        ClassLoader withoutQueues = new ClassLoader(Session.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals("org.hibernate.engine.spi.ActionQueue")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        EntityManager manager = (EntityManager) Proxy.newProxyInstance(
                withoutQueues, new Class<?>[] {EntityManager.class}, (proxy, called, args) -> null);
        List<Object> bound = List.of(new EntityManagerHolder(manager));
        try (CapturedLog log = new CapturedLog(LastFlush.class.getName())) {
            assertThat(lastFlush.then(bound, connection(), this::look)).isFalse();
            assertThat(lastFlush.then(bound, connection(), this::look)).isFalse();

            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("ActionQueue");
        }
    }

    private static SessionFactory sessions(DataSource dataSource) {
        Configuration configuration = new Configuration();
        configuration.getProperties().put(AvailableSettings.DATASOURCE, dataSource);
        return configuration
                .setProperty(AvailableSettings.HBM2DDL_AUTO, "create-drop")
                .addAnnotatedClass(Shopper.class)
                .addAnnotatedClass(Shopper.Link.class)
                .addAnnotatedClass(Shopper.Digits.class)
                .buildSessionFactory();
    }

    private List<Object> bound() {
        return List.of("a cache's", new EntityManagerHolder(session));
    }

    private Connection connection() {
        return session.doReturningWork(connection -> connection);
    }

    /** Over the session's own connection, as no other sees it yet. */
    private void look() {
        JdbcTemplate own = new JdbcTemplate(new SingleConnectionDataSource(connection(), true));
        Integer rows = own.queryForObject("select count(*) from Shopper", Integer.class);
        seen.add(rows == null ? -1 : rows);
    }
}
