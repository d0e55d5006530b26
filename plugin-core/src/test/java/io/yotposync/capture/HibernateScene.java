package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.outbox.Desired;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A shop's customers and the outbox in one database, with Hibernate 5 and {@code javax}; the sample shop has Hibernate 6
 * and {@code jakarta}.
 */
@Isolated
abstract class HibernateScene {

    final DataSource database = TestDatabase.H2.empty();
    final JdbcTemplate jdbc = new JdbcTemplate(database);
    final RecordingHandOver handOver = new RecordingHandOver();
    final RecordingListener listener = new RecordingListener();
    final List<Desired> woken = new ArrayList<>();
    final Rereads rereads = new Rereads();
    final ShopperModel model = new ShopperModel();
    final HibernateCapture capture = new HibernateCapture(atomic(database), model);
    final SessionFactory sessions =
            sessions(database, "create-drop", Shopper.class, Shopper.Link.class, Shopper.Digits.class);

    @BeforeEach
    void listen() {
        rereads.onFirst(() -> {});
        assertThat(capture.listenTo(sessions, EntityManagerFactory.class)).isTrue();
    }

    @AfterEach
    void close() {
        sessions.close();
        jdbc.execute("DROP TABLE IF EXISTS hidden");
    }

    void inTransaction(Consumer<Session> work) {
        try (Session session = sessions.openSession()) {
            session.beginTransaction();
            try {
                work.accept(session);
                session.getTransaction().commit();
            } catch (RuntimeException fault) {
                session.getTransaction().rollback();
                throw fault;
            }
        }
    }

    List<String> rows() {
        return jdbc.queryForList("SELECT customer_id FROM yotpo_customer_sync", String.class);
    }

    String payload() {
        return String.valueOf(jdbc.queryForObject("SELECT payload FROM yotpo_customer_sync", String.class));
    }

    private AtomicCapture atomic(DataSource dataSource) {
        Stores stores = new Stores(List.of(Samples.store("default")));
        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker()),
                handOver,
                listener);
        return new AtomicCapture(
                sync,
                rereads,
                JdbcStorage.open(dataSource, OutboxTables.standard()).atomicWriter(),
                new AtomicCapture.Reactions(woken::add, listener),
                Samples.CLOCK);
    }

    static SessionFactory sessions(DataSource dataSource, String ddl, Class<?>... entities) {
        Configuration configuration = new Configuration();
        configuration.getProperties().put(AvailableSettings.DATASOURCE, dataSource);
        configuration.setProperty(AvailableSettings.HBM2DDL_AUTO, ddl);
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        return configuration.buildSessionFactory();
    }
}
