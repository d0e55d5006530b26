package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.Objects;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A host may hear of a saved customer when its session has ended, as with an executor for events: then Broadleaf's
 * lazy parts are out of reach.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:partial",
            "sample.sandbox.visibility-delay=0s",
            "yotpo.sync.catch-up.interval=1h",
            "yotpo.sync.catch-up.sweep-every=24h"
        })
class PartialEventIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private CustomerService customers;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void aCustomerOfWhomTheEventTellsAPartIsReadAgainAndSentWhole() {
        Long id = Long.valueOf(shop.register("", Forms.full("a@example.com")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(shop.state(id.toString(), "default")).isEqualTo("delivered"));
        jdbc.update(
                "UPDATE BLC_CUSTOMER SET FIRST_NAME = 'C', DATE_UPDATED = CURRENT_TIMESTAMP WHERE CUSTOMER_ID = ?", id);
        jdbc.update(
                "UPDATE BLC_ADDRESS SET CITY = 'Hamburg' WHERE ADDRESS_ID IN"
                        + " (SELECT ADDRESS_ID FROM BLC_CUSTOMER_ADDRESS WHERE CUSTOMER_ID = ?)",
                id);
        Customer detached = Objects.requireNonNull(transaction.execute(status -> customers.readCustomerById(id)));
        assertThatThrownBy(() -> detached.getCustomerAddresses().size())
                .isInstanceOf(LazyInitializationException.class);

        events.publishEvent(new CustomerPersistedEvent(detached));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode held = sandbox.find("sandbox-default", id.toString())
                    .map(HeldCustomer::customer)
                    .orElseThrow();
            assertThat(held.path("first_name").asText()).isEqualTo("C");
            assertThat(held.at("/address/city").asText()).isEqualTo("Hamburg");
        });
    }
}
