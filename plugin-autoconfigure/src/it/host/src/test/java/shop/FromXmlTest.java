package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A host that is put together from XML, as Broadleaf's classic modules are, and that Boot does not configure. */
class FromXmlTest {

    @ParameterizedTest
    @ValueSource(strings = {"site", "admin"})
    void aSavedCustomerArrivesAtYotpo(String application) throws Exception {
        try (FakeYotpo yotpo = new FakeYotpo();
                ClassPathXmlApplicationContext host = new ClassPathXmlApplicationContext(
                        new String[] {"blc-config/" + application + "/bl-yotpo-sync-applicationContext.xml"}, false)) {
            host.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "shop",
                            Map.of(
                                    "yotpo.sync.stores.default.app-key", "app-1",
                                    "yotpo.sync.stores.default.secret", "secret-1",
                                    "yotpo.sync.defaults.base-url", yotpo.url())));
            host.refresh();
            assertEquals(1, host.getBeansOfType(CustomerSync.class).size());

            host.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            String body = yotpo.patches.poll(20, TimeUnit.SECONDS);
            assertNotNull(body, "no customer arrived");
            assertTrue(body.contains("\"external_id\":\"42\""), body);
        }
    }
}
