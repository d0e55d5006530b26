package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Broadleaf's own entities, saved and captured in one transaction. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:atomic",
            "spring.datasource.hikari.maximum-pool-size=4",
            "spring.datasource.hikari.connection-timeout=2000",
            "spring.datasource.hikari.auto-commit=false",
            "yotpo.sync.outbox.capture=atomic",
            "yotpo.sync.stores.default.identifier.phone-number=true",
            "yotpo.sync.defaults.rate-limit=1000",
            "sample.sandbox.requests-per-second=100000",
            "sample.sandbox.visibility-delay=0s"
        })
@ExtendWith(OutputCaptureExtension.class)
class AtomicCaptureIT {

    private static final int PORT = FreePort.find();
    private static final String DEFAULT = "sandbox-default";

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private CustomerService customers;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Counts counts;

    @Autowired
    private Looking customizer;

    @Autowired
    private ApplicationEventPublisher events;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
        counts.clear();
    }

    @Test
    void theRowIsThereWhenTheCommitIs() {
        List<Integer> seen = new ArrayList<>();

        String id = transaction.execute(status -> {
            String saved = register("a@example.com");
            afterCommitBeforeAnybodyElse(() -> seen.add(rowsSeenByOthers(saved)));
            return saved;
        });

        assertThat(seen).containsExactly(1);
        assertThat(counts.accepted).containsExactly("default:" + id);
        assertThat(counts.suppressed).isEmpty();
        assertThat(counts.notCaptured).isEmpty();
        awaitFirstName(id, "A");
    }

    @Test
    void aRollbackLeavesNoRow() {
        String id = transaction.execute(status -> {
            String saved = register("b@example.com");
            customers.readCustomerByEmail("b@example.com");
            status.setRollbackOnly();
            return saved;
        });

        assertThat(rowsSeenByOthers(id)).isZero();
        assertThat(counts.accepted).isEmpty();
    }

    @Test
    void whatItsEventDoesNotSayIsCapturedToo() {
        String id = shop.register("", Forms.full("c@example.com"));
        String registered = fingerprint(id);

        edit(id, Map.of("phone", "+49 30 901821"));
        String phoneEdited = fingerprint(id);
        edit(id, Map.of("phone", "+49 30 901821", "attributes", Map.of("gender", "F", "loyaltyTier", "silver")));
        edit(
                id,
                Map.of(
                        "phone",
                        "+49 30 901821",
                        "address",
                        Map.of("line1", "Street 2", "city", "Berlin", "country", "DE")));
        String addressEdited = fingerprint(id);

        assertThat(phoneEdited).isNotEqualTo(registered);
        assertThat(addressEdited).isNotEqualTo(phoneEdited);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sandbox.find(DEFAULT, id)
                                .map(held ->
                                        held.customer().at("/address/address1").asText()))
                        .contains("Street 2"));
    }

    @Test
    void aDeletedCustomerIsNotCapturedAgain() {
        String id = shop.register("", Forms.full("d@example.com"));
        counts.clear();

        assertThat(shop.send("DELETE", "/api/customers/" + id, Map.of()).status())
                .isEqualTo(204);

        assertThat(counts.accepted).isEmpty();
        assertThat(counts.notCaptured).isEmpty();
    }

    /** Locked before the host's own row, ours would make a deadlock of whoever locks the customer first. */
    @Test
    void whatAnEventSaysIsWrittenBehindTheHostsOwnRows() {
        String id = transaction.execute(status -> register("h@example.com"));
        customizer.seen.clear();

        transaction.executeWithoutResult(status -> {
            Customer customer = customers.readCustomerById(Long.valueOf(id));
            customer.setFirstName("Flushed");
            events.publishEvent(new CustomerSaved(CustomerSnapshot.of("event-" + id)
                    .name("Flushed", null)
                    .registered(true)
                    .build()));
        });

        assertThat(customizer.seen).containsEntry("event-" + id, "Flushed");
        assertThat(counts.notCaptured).isEmpty();
        assertThat(rowsSeenByOthers("event-" + id)).isOne();
        awaitFirstName("event-" + id, "Flushed");
    }

    @Test
    void aLedgerThatCannotBeWrittenFailsNoSave(CapturedOutput log) {
        String before = shop.register("", Forms.minimal("e@example.com"));
        jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO yotpo_hidden");
        String during;
        try {
            during = shop.register("", Forms.minimal("f@example.com"));
            edit(before, Map.of("firstName", "E"));
            assertThat(customers.readCustomerByEmail("f@example.com")).isNotNull();
        } finally {
            jdbc.execute("ALTER TABLE yotpo_hidden RENAME TO yotpo_customer_sync");
        }

        assertThat(counts.notCaptured).contains("default:" + during, "default:" + before);
        assertThat(log.getOut().split("customers cannot be written in the host's transactions", -1))
                .hasSize(2);
        assertThat(log).doesNotContain("example.com");
        awaitFirstName(during, "A");
        awaitFirstName(before, "E");
    }

    @Test
    void aTransactionOfManyCustomersCapturesEach() {
        List<String> ids = transaction.execute(status -> {
            List<String> saved = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                saved.add(register("g" + i + "@example.com"));
            }
            return saved;
        });

        assertThat(ids)
                .hasSize(50)
                .allSatisfy(id -> assertThat(rowsSeenByOthers(id)).isOne());
    }

    /** The pool has four connections: whoever needed a second one while it holds the first would wait for ever. */
    @Test
    void eightSavingThreadsShareFourConnections() throws Exception {
        int each = 25;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        long start = System.nanoTime();
        List<Future<List<String>>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String name = "t" + thread + "-";
            running.add(threads.submit(() -> {
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    String email = name + i + "@example.com";
                    ids.add(transaction.execute(status -> register(email)));
                }
                return ids;
            }));
        }
        List<String> ids = new ArrayList<>();
        for (Future<List<String>> one : running) {
            ids.addAll(one.get(60, TimeUnit.SECONDS));
        }
        threads.shutdown();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(counts.notCaptured).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().hasSize(8 * each);
        assertThat(ids).allSatisfy(id -> assertThat(rowsSeenByOthers(id)).isOne());
    }

    private String register(String email) {
        Customer customer = new CustomerImpl();
        customer.setEmailAddress(email);
        customer.setFirstName("A");
        return String.valueOf(customers.registerCustomer(customer, "", "").getId());
    }

    private void edit(String id, Map<String, Object> changes) {
        String email = shop.customer(id).path("email").asText();
        assertThat(shop.edit("", id, Forms.with(Forms.full(email), changes))).isEqualTo(204);
    }

    private static void afterCommitBeforeAnybodyElse(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new First(action));
    }

    private record First(Runnable action) implements TransactionSynchronization {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            action.run();
        }
    }

    private int rowsSeenByOthers(String id) {
        Integer rows = CompletableFuture.supplyAsync(() -> jdbc.queryForObject(
                        "select count(*) from yotpo_customer_sync where customer_id = ?", Integer.class, id))
                .join();
        return rows == null ? -1 : rows;
    }

    private String fingerprint(String id) {
        return String.valueOf(jdbc.queryForObject(
                "select desired_fp from yotpo_customer_sync where customer_id = ?", String.class, id));
    }

    private void awaitFirstName(String id, String name) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sandbox.find(DEFAULT, id)
                                .map(HeldCustomer::customer)
                                .map(held -> held.path("first_name").asText()))
                        .contains(name));
    }

    /** Sees what the transaction has written of the customer that an event is about. */
    static final class Looking implements CustomerPayloadCustomizer {

        private final Map<String, String> seen = new ConcurrentHashMap<>();
        private final JdbcTemplate jdbc;

        Looking(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public void customize(CustomerPayload.Builder payload, CustomerSnapshot customer, StoreKey store) {
            if (customer.id().startsWith("event-")) {
                seen.put(
                        customer.id(),
                        String.valueOf(jdbc.queryForObject(
                                "select first_name from blc_customer where customer_id = ?",
                                String.class,
                                Long.valueOf(customer.id().substring("event-".length())))));
            }
        }
    }

    static final class Counts implements SyncListener {
        private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> suppressed = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> notCaptured = new ConcurrentLinkedQueue<>();

        void clear() {
            accepted.clear();
            suppressed.clear();
            notCaptured.clear();
        }

        @Override
        public void accepted(CustomerKey customer) {
            accepted.add(text(customer));
        }

        @Override
        public void suppressed(CustomerKey customer) {
            suppressed.add(text(customer));
        }

        @Override
        public void notCaptured(CustomerKey customer) {
            notCaptured.add(text(customer));
        }

        private static String text(CustomerKey customer) {
            return customer.store().value() + ":" + customer.customerId();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Counting {
        @Bean
        Counts counts() {
            return new Counts();
        }

        @Bean
        Looking looking(JdbcTemplate jdbc) {
            return new Looking(jdbc);
        }
    }
}
