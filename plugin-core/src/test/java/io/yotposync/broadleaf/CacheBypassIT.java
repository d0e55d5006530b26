package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.yotposync.jdbc.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.CacheRetrieveMode;
import javax.persistence.CacheStoreMode;
import javax.persistence.Cacheable;
import javax.persistence.ElementCollection;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** With Hibernate 5 and {@code javax}; the sample shop has Hibernate 6 and {@code jakarta}. */
class CacheBypassIT {

    private final DataSource database = TestDatabase.H2.empty();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final SessionFactory sessions = sessions(database);
    private final List<Runnable> restore = new ArrayList<>();

    @BeforeEach
    void cachedAndThenChangedByAnotherNode() {
        try (Session session = sessions.openSession()) {
            session.beginTransaction();
            session.persist(new Shopper(1, "A", "x"));
            session.getTransaction().commit();
        }
        assertThat(read(1)).isEqualTo("A[x]");
        jdbc.update("UPDATE Shopper SET name = 'B'");
        jdbc.update("UPDATE Shopper_tags SET tags = 'y'");
        assertThat(read(1)).as("the cache").isEqualTo("A[x]");
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void theRowIsReadAndNotWhatTheCacheHas() throws ReflectiveOperationException {
        try (Session session = sessions.openSession()) {
            CacheBypass.of(session, restore);

            assertThat(read(session, 1)).isEqualTo("B[y]");
        }
    }

    @Test
    void whatIsReadIsNotLeftInTheCache() throws ReflectiveOperationException {
        jdbc.update("INSERT INTO Shopper (id, name) VALUES (2, 'C')");
        try (Session session = sessions.openSession()) {
            CacheBypass.of(session, restore);

            assertThat(read(session, 2)).isEqualTo("C[]");
        }
        assertThat(sessions.getCache().contains(Shopper.class, 2L)).isFalse();
        assertThat(read(1)).as("as the host reads").isEqualTo("A[x]");
    }

    @Test
    void aManagerThatOutlivesTheReadingHasItsOwnWaysAgain() throws ReflectiveOperationException {
        try (Session session = sessions.openSession()) {
            session.setProperty("javax.persistence.cache.storeMode", CacheStoreMode.BYPASS);
            CacheBypass.of(session, restore);
            assertThat(session.getProperties())
                    .containsEntry("javax.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);

            restore.forEach(Runnable::run);

            assertThat(session.getProperties())
                    .containsEntry("javax.persistence.cache.retrieveMode", CacheRetrieveMode.USE)
                    .containsEntry("javax.persistence.cache.storeMode", CacheStoreMode.BYPASS);
            assertThat(read(session, 1)).isEqualTo("A[x]");
        }
    }

    @Test
    void oneThatWasClosedMeanwhileIsLeftAlone() throws ReflectiveOperationException {
        try (Session session = sessions.openSession()) {
            CacheBypass.of(session, restore);
        }

        assertThatCode(() -> restore.forEach(Runnable::run)).doesNotThrowAnyException();
    }

    @Test
    void whatIsNoEntityManagerIsLeftAlone() throws ReflectiveOperationException {
        CacheBypass.of(Map.of(), restore);

        assertThat(restore).isEmpty();
    }

    private @Nullable String read(long id) {
        try (Session session = sessions.openSession()) {
            return read(session, id);
        }
    }

    private static String read(Session session, long id) {
        Shopper shopper = session.find(Shopper.class, id);
        return shopper.name + shopper.tags;
    }

    private static SessionFactory sessions(DataSource dataSource) {
        Configuration configuration = new Configuration().addAnnotatedClass(Shopper.class);
        configuration.getProperties().put(AvailableSettings.DATASOURCE, dataSource);
        configuration.setProperty(AvailableSettings.HBM2DDL_AUTO, "create-drop");
        configuration.setProperty(AvailableSettings.USE_SECOND_LEVEL_CACHE, "true");
        configuration.setProperty(AvailableSettings.CACHE_REGION_FACTORY, NodesOwnCache.class.getName());
        return configuration.buildSessionFactory();
    }

    /** As Broadleaf's customer: cached, and its collections too. */
    @Entity(name = "Shopper")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Shopper {

        @Id
        long id;

        @Nullable
        String name;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> tags = new ArrayList<>();

        Shopper() {}

        Shopper(long id, String name, String tag) {
            this.id = id;
            this.name = name;
            tags.add(tag);
        }
    }
}
