package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** No personal data is stored twice: a waiting customer's row has no payload, and the shop is read when it is sent. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:reread",
            "yotpo.sync.outbox.jdbc.payload=reread",
            "sample.sandbox.visibility-delay=0s"
        })
class RereadIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private StoreSwitch stores;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void aWaitingCustomersRowHasNoPayloadAndTheLatestStateIsSent() {
        stores.pause(StoreKey.DEFAULT, "to look at what waits");
        Map<String, Object> form = Forms.minimal("a@example.com");
        String id = shop.register("", form);
        assertThat(shop.edit("", id, Forms.with(form, Map.of("firstName", "C"))))
                .isEqualTo(204);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(payloads(id)).containsExactly(""));

        stores.resume(StoreKey.DEFAULT);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        JsonNode held =
                sandbox.find("sandbox-default", id).map(HeldCustomer::customer).orElseThrow();
        assertThat(held.path("first_name").asText()).isEqualTo("C");
        assertThat(held.path("email").asText()).isEqualTo("a@example.com");
        assertThat(payloads(id)).containsOnlyNulls();
    }

    private List<String> payloads(String id) {
        return jdbc.queryForList(
                "SELECT payload FROM yotpo_customer_sync WHERE store_id = 'default' AND customer_id = ?",
                String.class,
                id);
    }
}
