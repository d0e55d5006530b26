package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.broadleafcommerce.common.site.domain.Site;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** When Broadleaf's own event is published, and when it is not. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"yotpo.sync.enabled=false", "spring.datasource.url=jdbc:h2:mem:event"})
class BroadleafEventIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private Recorder recorder;

    @Autowired
    private CustomerService customers;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void forget() {
        recorder.heard.clear();
    }

    @Test
    void aRegistrationIsHeardAfterItsCommit() {
        String id = shop.register("", Forms.minimal("a@example.com"));

        assertThat(recorder.heard).containsExactly(new Heard(id, 1, null));
    }

    @Test
    void theSiteIsThatOfTheRequest() {
        String id = shop.register("eu-shop", Forms.minimal("b@example.com"));

        assertThat(recorder.heard).containsExactly(new Heard(id, 1, "eu-shop"));
    }

    @Test
    void aRegistrationWithPhoneAddressAndAttributesIsHeardOnceByHibernate6() {
        String id = shop.register("", Forms.full("c@example.com"));

        assertThat(recorder.heard).containsExactly(new Heard(id, 1, null));
    }

    @Test
    void aChangedNameIsHeardOnce() {
        String id = register(Forms.full("d@example.com"));

        edit(id, Forms.with(Forms.full("d@example.com"), Map.of("firstName", "C")));

        assertThat(recorder.heard).containsExactly(new Heard(id, 1, null));
        assertThat(shop.customer(id).path("firstName").asText()).isEqualTo("C");
    }

    @Test
    void aSaveWithoutAChangeIsNotHeard() {
        String id = register(Forms.full("e@example.com"));

        edit(id, Forms.full("e@example.com"));

        assertThat(recorder.heard).isEmpty();
    }

    @Test
    void aChangedAttributeIsNotHeard() {
        String id = register(Forms.full("f@example.com"));

        edit(id, Forms.with(Forms.full("f@example.com"), Map.of("attributes", Map.of("loyaltyTier", "silver"))));

        assertThat(recorder.heard).isEmpty();
        assertThat(shop.customer(id).at("/attributes/loyaltyTier").asText()).isEqualTo("silver");
    }

    @Test
    void anEditedPhoneIsNotHeard() {
        String id = register(Forms.full("g@example.com"));

        edit(id, Forms.with(Forms.full("g@example.com"), Map.of("phone", "+49 30 901821")));

        assertThat(recorder.heard).isEmpty();
        assertThat(shop.customer(id).path("phone").asText()).isEqualTo("+49 30 901821");
    }

    @Test
    void aPhoneThatIsAddedLaterIsNotHeardByItself() {
        String id = register(Forms.minimal("l@example.com"));

        edit(id, Forms.with(Forms.minimal("l@example.com"), Map.of("phone", "+49 30 901820")));

        assertThat(recorder.heard).isEmpty();
        assertThat(jdbc.queryForList("select IS_DEFAULT, IS_ACTIVE from BLC_PHONE where IS_DEFAULT and IS_ACTIVE"))
                .isNotEmpty();
    }

    @Test
    void anSqlUpdateIsNotHeard() {
        String id = register(Forms.minimal("h@example.com"));

        int rows = jdbc.update("update BLC_CUSTOMER set FIRST_NAME = 'C' where CUSTOMER_ID = ?", id);

        assertThat(rows).isOne();
        assertThat(recorder.heard).isEmpty();
    }

    @Test
    void aRollbackIsNotHeard() {
        transaction.executeWithoutResult(status -> {
            Customer customer = new CustomerImpl();
            customer.setEmailAddress("i@example.com");
            customers.registerCustomer(customer, "", "");
            status.setRollbackOnly();
        });

        assertThat(recorder.heard).isEmpty();
        assertThat(customers.readCustomerByEmail("i@example.com")).isNull();
    }

    @Test
    void aDeletedCustomerIsNotHeard() {
        String id = register(Forms.full("j@example.com"));

        assertThat(shop.send("DELETE", "/api/customers/" + id, Map.of()).status())
                .isEqualTo(204);

        assertThat(recorder.heard).isEmpty();
        assertThat(shop.get("/api/customers/" + id).status()).isEqualTo(404);
    }

    @Test
    void everySaveMovesTheDateThatOrdersStates() {
        String id = register(Forms.minimal("k@example.com"));
        String before = shop.customer(id).path("updatedAt").asText();

        edit(id, Forms.with(Forms.minimal("k@example.com"), Map.of("deactivated", true)));

        assertThat(shop.customer(id).path("updatedAt").asText()).isNotEmpty().isGreaterThanOrEqualTo(before);
        assertThat(recorder.heard).hasSize(1);
    }

    private String register(Map<String, Object> form) {
        String id = shop.register("", form);
        recorder.heard.clear();
        return id;
    }

    private void edit(String id, Map<String, Object> form) {
        assertThat(shop.edit("", id, form)).isEqualTo(204);
    }

    /**
     * One event.
     *
     * @param rows how many rows another connection saw of the customer while it was published
     */
    record Heard(String id, int rows, @Nullable String site) {}

    static final class Recorder implements ApplicationListener<CustomerPersistedEvent> {
        private final List<Heard> heard = new CopyOnWriteArrayList<>();
        private final JdbcTemplate otherConnection;

        Recorder(JdbcTemplate otherConnection) {
            this.otherConnection = otherConnection;
        }

        @Override
        public void onApplicationEvent(CustomerPersistedEvent event) {
            Long id = event.getCustomer().getId();
            Site site = BroadleafRequestContext.getBroadleafRequestContext().getNonPersistentSite();
            heard.add(new Heard(
                    String.valueOf(id), rowsSeenByOthers(id), site == null ? null : site.getSiteIdentifierValue()));
        }

        private int rowsSeenByOthers(Long id) {
            return CompletableFuture.supplyAsync(() -> otherConnection.queryForObject(
                            "select count(*) from BLC_CUSTOMER where CUSTOMER_ID = ?", Integer.class, id))
                    .join();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Recording {
        @Bean
        Recorder recorder(JdbcTemplate jdbc) {
            return new Recorder(jdbc);
        }
    }
}
