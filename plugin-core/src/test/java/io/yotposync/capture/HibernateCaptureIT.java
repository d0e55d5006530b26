package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.outbox.Desired;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.source.Rereads.Reread;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;

/** With Hibernate 5 and {@code javax}; the sample shop has Hibernate 6 and {@code jakarta}. */
@Isolated
class HibernateCaptureIT {

    private final DataSource database = TestDatabase.H2.empty();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final RecordingHandOver handOver = new RecordingHandOver();
    private final RecordingListener listener = new RecordingListener();
    private final List<Desired> woken = new ArrayList<>();
    private final Rereads rereads = new Rereads();
    private final ShopperModel model = new ShopperModel();
    private final HibernateCapture capture = new HibernateCapture(atomic(database), model);
    private final SessionFactory sessions =
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

    @Test
    void aSavedCustomerIsCommittedWithItsRow() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "+49 30 901820");
            session.persist(shopper);
        });

        assertThat(rows()).containsExactly("1");
        assertThat(woken).hasSize(1);
        assertThat(handOver.keys()).isEmpty();
        assertThat(listener.heard()).containsExactly("accepted default/1");
    }

    @Test
    void aRollbackLeavesNoRow() {
        assertThatThrownBy(() -> inTransaction(session -> {
                    session.persist(new Shopper(1, "A"));
                    session.flush();
                    throw new IllegalStateException("the host changes its mind");
                }))
                .hasMessageContaining("changes its mind");

        assertThat(rows()).isEmpty();
        assertThat(listener.heard()).isEmpty();
    }

    /** As of a request that tries again, or notes its failure, in a session that stays open. */
    @Test
    void aRollbackLeavesNothingToTheNextTransactionOfItsSession() {
        try (Session session = sessions.openSession()) {
            session.beginTransaction();
            session.persist(new Shopper(1, "A"));
            session.flush();
            session.getTransaction().rollback();
            session.clear();

            session.beginTransaction();
            session.persist(new Shopper(2, "B"));
            session.getTransaction().commit();
        }

        assertThat(rows()).containsExactly("2");
        assertThat(listener.heard()).containsExactly("accepted default/2");
    }

    @Test
    void aChangedDetailIsTheCustomersChange() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "1");
            session.persist(shopper);
        });
        String before = payload();

        inTransaction(session -> Objects.requireNonNull(
                        session.get(Shopper.class, 1L).links.get(0).getNumber())
                .setDigits("2"));
        String edited = payload();
        inTransaction(session -> session.get(Shopper.class, 1L).links.clear());

        assertThat(edited).isNotEqualTo(before);
        assertThat(payload()).isNotEqualTo(edited);
    }

    @Test
    void aLinkOfALazyCustomerLoadsItForTheReading() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "1");
            session.persist(shopper);
        });
        model.read = 0;

        inTransaction(session -> {
            Shopper.Link link = new Shopper.Link();
            link.id = 11;
            link.shopper = session.load(Shopper.class, 1L);
            session.persist(link);
        });

        assertThat(model.read).isOne();
    }

    @Test
    void aCustomerIsReadOnceATransactionAndADeletedOneNever() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            session.persist(shopper);
            session.flush();
            shopper.name = "B";
            shopper.phone(10, "1");
            session.flush();
            shopper.phone(11, "2");
        });
        assertThat(model.read).isOne();

        inTransaction(session -> session.delete(session.get(Shopper.class, 1L)));
        assertThat(model.read).isOne();
    }

    /** As of an import whose file has a customer twice. */
    @Test
    void ofACustomerWhoIsReadAnewInTheTransactionTheLaterStateIsWritten() {
        inTransaction(session -> {
            for (long id = 1; id <= 20; id++) {
                session.persist(new Shopper(id, "Former"));
            }
            session.flush();
            session.clear();
            for (long id = 1; id <= 20; id++) {
                session.get(Shopper.class, id).name = "Later";
            }
        });

        assertThat(jdbc.queryForList("SELECT payload FROM yotpo_customer_sync", String.class))
                .hasSize(20)
                .allSatisfy(payload -> assertThat(payload).contains("Later"));
    }

    @Test
    void ofACustomerWhoIsReadAnewAndDeletedNothingIsWritten() {
        inTransaction(session -> {
            session.persist(new Shopper(1, "A"));
            session.flush();
            session.clear();
            session.delete(session.get(Shopper.class, 1L));
        });

        assertThat(rows()).isEmpty();
    }

    /** As of an import that replaces who is there. */
    @Test
    void aCustomerWhoIsDeletedAndMadeAnewIsWritten() {
        inTransaction(session -> session.persist(new Shopper(1, "Former")));

        inTransaction(session -> {
            session.delete(session.get(Shopper.class, 1L));
            session.flush();
            session.persist(new Shopper(1, "Later"));
        });

        assertThat(payload()).contains("Later");
    }

    @Test
    void theEntityIsKnownAsCapturedUntilItsNextChange() {
        Shopper shopper = new Shopper(1, "A");
        inTransaction(session -> session.persist(shopper));
        assertThat(capture.isCaptured(shopper)).isTrue();

        jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO hidden");
        try {
            inTransaction(session -> {
                session.update(shopper);
                shopper.name = "B";
            });
        } finally {
            jdbc.execute("ALTER TABLE hidden RENAME TO yotpo_customer_sync");
        }

        assertThat(capture.isCaptured(shopper)).isFalse();
        assertThat(handOver.keys()).containsExactly("default/1");
        assertThat(jdbc.queryForObject("SELECT name FROM Shopper", String.class))
                .isEqualTo("B");
    }

    @Test
    void aReaderThatFailsFailsNoSave() {
        model.fault = new StackOverflowError();

        inTransaction(session -> session.persist(new Shopper(1, "A")));

        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM Shopper", Integer.class))
                .isOne();
        assertThat(rows()).isEmpty();
        assertThat(rereads.drain(Instant.EPOCH)).containsExactly(new Reread("1", Set.of()));
    }

    @Test
    void whenStoppedNothingIsCaptured() {
        capture.stop();

        inTransaction(session -> session.persist(new Shopper(1, "A")));

        assertThat(rows()).isEmpty();
    }

    @Test
    void customersInAnotherDatabaseEndTheStart() {
        DataSource elsewhere = TestDatabase.HSQLDB.empty();
        try (SessionFactory other =
                sessions(elsewhere, "none", Shopper.class, Shopper.Link.class, Shopper.Digits.class)) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> capture.listenTo(other, EntityManagerFactory.class))
                    .withMessageContaining(
                            "yotpo.sync.outbox.capture is atomic, but the outbox's tables are not where");
        }
    }

    @Test
    void aFactoryWithoutCustomersIsLeftAlone() {
        try (SessionFactory other = sessions(database, "none", Shopper.Digits.class)) {
            assertThat(capture.listenTo(other, EntityManagerFactory.class)).isFalse();
        }
    }

    private void inTransaction(Consumer<Session> work) {
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

    private List<String> rows() {
        return jdbc.queryForList("SELECT customer_id FROM yotpo_customer_sync", String.class);
    }

    private String payload() {
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

    private static SessionFactory sessions(DataSource dataSource, String ddl, Class<?>... entities) {
        Configuration configuration = new Configuration();
        configuration.getProperties().put(AvailableSettings.DATASOURCE, dataSource);
        configuration.setProperty(AvailableSettings.HBM2DDL_AUTO, ddl);
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        return configuration.buildSessionFactory();
    }

    private static final class ShopperModel implements EntityModel {

        private int read;
        private @Nullable Error fault;

        @Override
        public boolean isCustomer(Class<?> type) {
            return Shopper.class.isAssignableFrom(type);
        }

        @Override
        public boolean concerns(Object entity) {
            return true;
        }

        @Override
        public @Nullable Object customerOf(Object entity) {
            return entity instanceof Shopper.Link link ? link.getShopper() : entity instanceof Shopper ? entity : null;
        }

        @Override
        public @Nullable Object detailOf(Object link) {
            return link instanceof Shopper.Link known ? known.getNumber() : null;
        }

        @Override
        public CustomerSnapshot unread(Object customer) {
            return CustomerSnapshot.of(String.valueOf(((Shopper) customer).getId()))
                    .partial(true)
                    .build();
        }

        @Override
        public CustomerSnapshot read(Object customer) {
            read++;
            if (fault != null) {
                throw fault;
            }
            Shopper shopper = (Shopper) customer;
            StringBuilder digits = new StringBuilder();
            shopper.links.forEach(link -> {
                Shopper.Digits number = link.getNumber();
                digits.append(number == null ? "" : "x" + number.getDigits());
            });
            return CustomerSnapshot.of(String.valueOf(shopper.id))
                    .name(shopper.name, "B" + digits)
                    .build();
        }
    }
}
