package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Broadleaf keeps customers in Hibernate's second-level cache, on each node its own. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:second-level-cache",
            "spring.jpa.properties.jakarta.persistence.sharedCache.mode=ALL",
            "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
            "spring.jpa.properties.hibernate.cache.region.factory_class=io.yotposync.sample.NodesOwnCache",
            "yotpo.sync.scan.enabled=false"
        })
class SecondLevelCacheIT {

    private static final int PORT = FreePort.find();
    private static final long ID = 4711;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private CustomerSource source;

    @Autowired
    private CustomerService shop;

    @Autowired
    private EntityManagerFactory entities;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @BeforeEach
    void aCustomerOfTheDatabaseAlone() {
        entities.getCache().evictAll();
        jdbc.update("DELETE FROM BLC_CUSTOMER");
        jdbc.update(
                "INSERT INTO BLC_CUSTOMER (CUSTOMER_ID, USER_NAME, EMAIL_ADDRESS, FIRST_NAME, RECEIVE_EMAIL, IS_REGISTERED,"
                        + " DEACTIVATED, PASSWORD_CHANGE_REQUIRED) VALUES (?, 'a', 'a@example.com', 'A', TRUE, TRUE, FALSE,"
                        + " FALSE)",
                ID);
    }

    @Test
    void aCustomerWhomAnotherNodeChangedIsReadAsTheRowIs() {
        cachedAndThenChangedByAnotherNode();

        assertThat(source.find("4711")).map(CustomerSnapshot::firstName).contains("B");
        assertThat(shop.readCustomerById(ID))
                .as("the shop reads as it did")
                .extracting(Customer::getFirstName)
                .isEqualTo("A");
    }

    @Test
    void whatAScanReadsIsNotLeftInTheShopsCache() {
        assertThat(source.find("4711")).isPresent();

        assertThat(entities.getCache().contains(CustomerImpl.class, ID)).isFalse();
    }

    @Test
    void anEntityManagerThatAThreadHadBeforeIsNotChanged() {
        cachedAndThenChangedByAnotherNode();
        try (EntityManager open = entities.createEntityManager()) {
            TransactionSynchronizationManager.bindResource(entities, new EntityManagerHolder(open));

            assertThat(source.find("4711")).map(CustomerSnapshot::firstName).contains("B");

            open.clear();
            assertThat(open.find(CustomerImpl.class, ID).getFirstName()).isEqualTo("A");
        } finally {
            TransactionSynchronizationManager.unbindResource(entities);
        }
    }

    private void cachedAndThenChangedByAnotherNode() {
        assertThat(shop.readCustomerById(ID)).extracting(Customer::getFirstName).isEqualTo("A");
        jdbc.update("UPDATE BLC_CUSTOMER SET FIRST_NAME = 'B'");
        assertThat(shop.readCustomerById(ID)).extracting(Customer::getFirstName).isEqualTo("A");
    }
}
