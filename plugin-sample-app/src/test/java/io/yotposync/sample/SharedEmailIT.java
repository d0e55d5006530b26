package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.Counter;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.Map;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Registered customers and guests of Broadleaf's who give the same e-mail address, or another one than before. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:shared-email", "sample.sandbox.visibility-delay=0s"})
class SharedEmailIT {

    private static final int PORT = FreePort.find();
    private static final String STORE = "sandbox-default";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private Outbox outbox;

    @Autowired
    @Qualifier("blCustomerService")
    private CustomerService customers;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }

    private Customer save(Customer customer, String email, String firstName, boolean register) {
        customer.setEmailAddress(email);
        customer.setFirstName(firstName);
        return customers.saveCustomer(customer, register);
    }

    private Customer guest(String email, String firstName) {
        return save(new CustomerImpl(), email, firstName, false);
    }

    private Customer registered(String username, String email, String firstName) {
        Customer customer = new CustomerImpl();
        customer.setUsername(username);
        return save(customer, email, firstName, true);
    }

    private void awaitState(Customer customer, String state) {
        String id = String.valueOf(customer.getId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo(state));
    }

    private JsonNode held(Customer customer) {
        return sandbox.find(STORE, String.valueOf(customer.getId()))
                .map(HeldCustomer::customer)
                .orElseThrow();
    }

    private LedgerRow row(Customer customer) {
        return outbox.find(new CustomerKey(StoreKey.DEFAULT, String.valueOf(customer.getId())))
                .orElseThrow();
    }

    @Test
    void aGuestIsNotWrittenOverTheRegisteredCustomerOfTheSameAddress() {
        Customer known = registered("one", "one@example.com", "Registered");
        awaitState(known, "delivered");

        Customer guest = guest("ONE@example.com", "Guest");
        awaitState(guest, "refused");

        assertThat(held(known).path("first_name").asText()).isEqualTo("Registered");
        assertThat(sandbox.count(STORE, Counter.UPSERTS)).isOne();
        assertThat(shop.customer(String.valueOf(guest.getId()))
                        .at("/stores/0/why")
                        .asText())
                .contains("registered customer");
    }

    @Test
    void ofTwoGuestsOfOneAddressYotpoEndsWithTheOneWhoWasSavedLastThoughItFailedInBetween() {
        sandbox.faults(STORE, Faults.NONE.withNext(new Failing(2, 503, "PATCH", Map.of(), null, 0)));
        Customer first = guest("five@example.com", "First");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(row(first).failure()).isNotNull());

        Customer second = guest("Five@example.com", "Second");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(row(first).note()).contains("changed later"));

        assertThat(row(first).status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(row(second).acknowledged()).isEqualTo(row(second).desired());
        assertThat(sandbox.customers(STORE))
                .extracting(held -> held.customer().path("first_name").asText(), HeldCustomer::upserts)
                .containsExactly(tuple("Second", 1L));
    }

    @Test
    void registeredCustomersOfOneAddressAreBothSentUnderTheirOwnIds() {
        Customer one = registered("two-a", "two@example.com", "First");
        Customer other = registered("two-b", "two@example.com", "Second");
        awaitState(one, "delivered");
        awaitState(other, "delivered");

        assertThat(held(one).path("first_name").asText()).isEqualTo("First");
        assertThat(held(other).path("first_name").asText()).isEqualTo("Second");
    }

    @Test
    void aRegisteredCustomersNewAddressIsOneUpdate() {
        Customer customer = registered("three", "three@example.com", "A");
        awaitState(customer, "delivered");

        save(customer, "new-three@example.com", "A", true);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(held(customer).path("email").asText()).isEqualTo("new-three@example.com"));

        assertThat(sandbox.count(STORE, Counter.UPSERTS)).isEqualTo(2);
        assertThat(sandbox.view(STORE, 10).held()).isOne();
    }

    @Test
    void aGuestsNewAddressIsANewCustomerAndTheOldOneIsNoted() {
        Customer guest = guest("four@example.com", "A");
        awaitState(guest, "delivered");

        save(guest, "new-four@example.com", "A", false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sandbox.view(STORE, 10).held()).isEqualTo(2));
        awaitState(guest, "delivered");

        assertThat(row(guest).formerContacts()).isEqualTo(1);
    }
}
