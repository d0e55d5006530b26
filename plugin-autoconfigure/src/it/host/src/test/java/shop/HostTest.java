package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.test.YotpoSandboxExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The packaged jar in a host that has nothing else of ours, but for the test kit. */
class HostTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.create();

    @Test
    void aSavedCustomerArrivesAtYotpo() throws Exception {
        Map<String, String> properties = new HashMap<>(YOTPO.properties());
        properties.put("spring.main.web-application-type", "none");
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        try (ConfigurableApplicationContext host = SpringApplication.run(Shop.class, arguments)) {
            host.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            JsonNode arrived = YOTPO.awaitCustomer("42");
            assertEquals("a@example.com", arrived.path("email").asText());

            Outbox outbox = host.getBean(Outbox.class);
            assertTrue(outbox.durable(), "the outbox should be in the host's database");
            CustomerKey key = new CustomerKey(StoreKey.DEFAULT, "42");
            assertEquals(key, host.getBean(Delivered.class).customers.poll(20, TimeUnit.SECONDS));
            assertEquals(
                    LedgerStatus.IN_SYNC, outbox.find(key).map(LedgerRow::status).orElse(null));
        }
    }

    @SpringBootApplication
    static class Shop {

        @Bean
        Delivered delivered() {
            return new Delivered();
        }
    }

    /** Hears what Yotpo acknowledged. */
    static final class Delivered implements SyncListener {

        final BlockingQueue<CustomerKey> customers = new LinkedBlockingQueue<>();

        @Override
        public void delivered(CustomerKey customer, Duration took) {
            customers.add(customer);
        }
    }
}
