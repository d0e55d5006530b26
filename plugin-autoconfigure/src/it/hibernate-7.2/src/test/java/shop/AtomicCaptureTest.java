package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.EntityModel;
import io.yotposync.capture.HibernateCapture;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.test.YotpoSandboxExtension;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@link CustomerSaved} says, and what Hibernate's listeners hear, on a Hibernate that has new callbacks. */
@ExtendWith(OutputCaptureExtension.class)
class AtomicCaptureTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.create();

    private ConfigurableApplicationContext host;
    private EntityManager entities;

    @BeforeEach
    void start() {
        host = SpringApplication.run(
                Shop.class,
                YOTPO.properties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        entities = SharedEntityManagerCreator.createSharedEntityManager(host.getBean(EntityManagerFactory.class));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void whatAnEventSaysIsWrittenBehindTheHostsOwnRows() {
        inTransaction(() -> {
            entities.persist(new Shopper(1, "A"));
            publish("1");
        });

        assertEquals(List.of("1: 1 of the host's rows"), List.copyOf(host.getBean(Looking.class).seen));
        assertEquals(List.of("1"), rows());
    }

    @Test
    void aSavedEntityIsCommittedWithItsRow() {
        listen();
        inTransaction(() -> entities.persist(new Shopper(2, "B")));
        inTransaction(() -> entities.find(Shopper.class, 2L).rename("C"));

        assertEquals(List.of("2"), rows());
        assertEquals(
                List.of("2: 1 of the host's rows", "2: 1 of the host's rows"),
                List.copyOf(host.getBean(Looking.class).seen));
    }

    @Test
    void aRollbackLeavesNothingToTheNextTransactionOfItsSession() {
        listen();
        try (Session session = host.getBean(EntityManagerFactory.class)
                .createEntityManager()
                .unwrap(Session.class)) {
            session.beginTransaction();
            session.persist(new Shopper(3, "A"));
            session.flush();
            session.getTransaction().rollback();
            session.clear();

            session.beginTransaction();
            session.persist(new Shopper(4, "B"));
            session.getTransaction().commit();
        }

        assertEquals(List.of("4"), rows());
    }

    /** It has no queue of actions to wait in, and is left to the catch-up. */
    @Test
    void aSessionWithoutStateFailsNoSave(CapturedOutput log) {
        listen();
        host.getBean(EntityManagerFactory.class)
                .unwrap(SessionFactory.class)
                .inStatelessTransaction(session -> session.insert(new Shopper(5, "A")));

        assertEquals(1, shoppers());
        assertFalse(log.getOut().contains("could not be captured"), log.getOut());
    }

    @Test
    void aLastFlushThatFailsInTheHostsOwnCodeIsNoReasonToLookAtAllCustomers() {
        inTransaction(() -> entities.persist(new Shopper(6, "A")));

        assertThrows(
                TransactionSystemException.class,
                () -> inTransaction(() -> {
                    entities.find(Shopper.class, 6L).rename("");
                    publish("6");
                }));

        assertTrue(host.getBean(Dropped.class).customers.isEmpty());
        assertEquals(List.of(), rows());
    }

    private void publish(String id) {
        host.publishEvent(new CustomerSaved(
                CustomerSnapshot.of(id).email(id + "@example.com").build()));
    }

    private void listen() {
        assertTrue(new HibernateCapture(host.getBean(AtomicCapture.class), new Shoppers())
                .listenTo(host.getBean(EntityManagerFactory.class), EntityManagerFactory.class));
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(host.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.run());
    }

    private List<String> rows() {
        return host.getBean(JdbcTemplate.class)
                .queryForList("SELECT customer_id FROM yotpo_customer_sync", String.class);
    }

    private Integer shoppers() {
        return host.getBean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM shopper", Integer.class);
    }

    @SpringBootApplication
    static class Shop {

        @Bean
        Looking looking(JdbcTemplate jdbc) {
            return new Looking(jdbc);
        }

        @Bean
        Dropped dropped() {
            return new Dropped();
        }

        @Bean
        CustomerSource customers() {
            return new NoCustomers();
        }
    }

    /** Sees what the transaction has written of a customer whose row is being prepared. */
    record Looking(JdbcTemplate jdbc, Queue<String> seen) implements CustomerPayloadCustomizer {

        Looking(JdbcTemplate jdbc) {
            this(jdbc, new ConcurrentLinkedQueue<>());
        }

        @Override
        public void customize(CustomerPayload.Builder payload, CustomerSnapshot customer, StoreKey store) {
            seen.add(customer.id()
                    + ": "
                    + jdbc.queryForObject(
                            "SELECT COUNT(*) FROM shopper WHERE id = ?", Integer.class, Long.valueOf(customer.id()))
                    + " of the host's rows");
        }
    }

    static final class Dropped implements SyncListener {

        final Queue<CustomerKey> customers = new ConcurrentLinkedQueue<>();

        @Override
        public void dropped(CustomerKey customer) {
            customers.add(customer);
        }
    }

    static final class NoCustomers implements CustomerSource {

        @Override
        public List<String> idsAfter(String after, int max) {
            return List.of();
        }

        @Override
        public List<String> idsChangedSince(Instant since, String after, int max) {
            return List.of();
        }

        @Override
        public Optional<CustomerSnapshot> find(String id) {
            return Optional.empty();
        }
    }

    static final class Shoppers implements EntityModel {

        @Override
        public boolean isCustomer(Class<?> type) {
            return Shopper.class.isAssignableFrom(type);
        }

        @Override
        public boolean concerns(Object entity) {
            return entity instanceof Shopper;
        }

        @Override
        public Object customerOf(Object entity) {
            return entity;
        }

        @Override
        public Object detailOf(Object link) {
            return null;
        }

        @Override
        public CustomerSnapshot unread(Object customer) {
            return CustomerSnapshot.of(String.valueOf(((Shopper) customer).id()))
                    .partial(true)
                    .build();
        }

        @Override
        public CustomerSnapshot read(Object customer) {
            Shopper shopper = (Shopper) customer;
            return CustomerSnapshot.of(String.valueOf(shopper.id()))
                    .name(shopper.name(), null)
                    .build();
        }
    }
}
