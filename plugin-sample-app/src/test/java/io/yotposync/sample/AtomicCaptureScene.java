package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.broadleafcommerce.common.util.ApplicationContextHolder;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Broadleaf's own entities, saved and captured in one transaction. */
@SpringBootTest(
        classes = {SampleApplication.class, AtomicCaptureScene.Counting.class},
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
abstract class AtomicCaptureScene {

    static final int PORT = FreePort.find();
    static final String DEFAULT = "sandbox-default";

    final SampleClient shop = new SampleClient(PORT);

    @Autowired
    YotpoSandbox sandbox;

    @Autowired
    CustomerService customers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Counts counts;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    /** Broadleaf tells the context that was made last, and another test's may be made between ours. */
    @BeforeEach
    void hear(@Autowired ApplicationContextHolder broadleafs, @Autowired ApplicationContext context) {
        broadleafs.setApplicationContext(context);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
        counts.clear();
    }

    String register(String email) {
        Customer customer = new CustomerImpl();
        customer.setEmailAddress(email);
        customer.setFirstName("A");
        return String.valueOf(customers.registerCustomer(customer, "", "").getId());
    }

    void edit(String id, Map<String, Object> changes) {
        String email = shop.customer(id).path("email").asText();
        assertThat(shop.edit("", id, Forms.with(Forms.full(email), changes))).isEqualTo(204);
    }

    int rowsSeenByOthers(String id) {
        Integer rows = CompletableFuture.supplyAsync(() -> jdbc.queryForObject(
                        "select count(*) from yotpo_customer_sync where customer_id = ?", Integer.class, id))
                .join();
        return rows == null ? -1 : rows;
    }

    void awaitFirstName(String id, String name) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sandbox.find(DEFAULT, id)
                                .map(HeldCustomer::customer)
                                .map(held -> held.path("first_name").asText()))
                        .contains(name));
    }

    /** Sees what the transaction has written of the customer that an event is about. */
    static final class Looking implements CustomerPayloadCustomizer {

        final Map<String, String> seen = new ConcurrentHashMap<>();
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
        final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> suppressed = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> notCaptured = new ConcurrentLinkedQueue<>();

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
