package io.yotposync.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.prepare.Preparation;
import io.yotposync.store.StoreKey;
import io.yotposync.store.Stores;
import io.yotposync.test.CustomerSnapshots;
import io.yotposync.test.MappingFixture;
import io.yotposync.test.YotpoSandboxExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A shop's own test of its mapping, written with the test kit: a customizer, a golden file, and a Yotpo on loopback. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:with-the-test-kit")
class WithTheTestKitIT {

    @Autowired
    private Stores stores;

    @Autowired
    private Preparation preparation;

    @Autowired
    private ShopCustomers customers;

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.withStores("default", "eu");

    @DynamicPropertySource
    static void yotpo(DynamicPropertyRegistry registry) {
        YOTPO.properties().forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void aLoyalCustomerIsTagged() {
        MappingFixture eu = MappingFixture.of(stores.get(new StoreKey("eu")), preparation);

        eu.assertMatches(
                "yotpo/loyal-customer.json",
                CustomerSnapshots.complete("42")
                        .attribute("loyaltyTier", "gold")
                        .build());
    }

    @Test
    void aRegisteredCustomerArrivesAlsoWhenYotpoWasAway() {
        YOTPO.failNext(1, 503);

        String id = String.valueOf(customers.register(new CustomerForm(
                "a@example.com", "A", "B", null, null, true, false, null, Map.of("loyaltyTier", "silver"))));

        JsonNode arrived = YOTPO.awaitCustomer(id);
        assertThat(arrived.path("email").asText()).isEqualTo("a@example.com");
        assertThat(arrived.path("tags").asText()).isEqualTo("silver");
        assertThat(YOTPO.requests())
                .anySatisfy(request -> assertThat(request.status()).isEqualTo(503));
        assertThat(YOTPO.customers("eu")).isEmpty();
    }

    @TestConfiguration
    static class Loyalty {

        @Bean
        CustomerPayloadCustomizer loyalty() {
            return (payload, customer, store) ->
                    payload.set(CustomerProperty.TAGS, customer.attributes().get("loyaltyTier"));
        }
    }
}
