package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** One dependency, three properties, and the first customer arrives. */
class FirstFiveMinutesTest {

    @Test
    void aSavedCustomerArrivesAtYotpo() throws Exception {
        try (FakeYotpo yotpo = new FakeYotpo();
                ConfigurableApplicationContext host = SpringApplication.run(
                        Shop.class,
                        "--spring.main.web-application-type=none",
                        "--yotpo.sync.stores.default.app-key=app-1",
                        "--yotpo.sync.stores.default.secret=secret-1",
                        "--yotpo.sync.defaults.base-url=" + yotpo.url())) {
            host.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            String body = yotpo.patches.poll(20, TimeUnit.SECONDS);
            assertNotNull(body, "no customer arrived");
            assertTrue(body.contains("\"external_id\":\"42\"") && body.contains("\"email\":\"a@example.com\""), body);

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
