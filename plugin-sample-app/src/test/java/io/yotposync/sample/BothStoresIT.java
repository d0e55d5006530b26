package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One customer in two stores: the second takes the customers of all sites. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:both-stores",
            "yotpo.sync.stores.eu.site=*",
            "sample.sandbox.visibility-delay=0s"
        })
class BothStoresIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void eachHasItsOwnPayloadOfTheSameCustomer() {
        String id = shop.register("", Forms.minimal("a@example.com"));

        JsonNode own = held("sandbox-default", id);
        JsonNode eu = held("sandbox-eu", id);
        assertThat(own.path("email")).isEqualTo(eu.path("email"));
        assertThat(own.hasNonNull("default_currency")).isFalse();
        assertThat(eu.path("default_currency").asText()).isEqualTo("EUR");
        assertThat(eu.path("default_language").asText()).isEqualTo("de");
    }

    private JsonNode held(String store, String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> sandbox.find(store, id).map(HeldCustomer::customer).orElse(null), held -> held != null);
    }
}
