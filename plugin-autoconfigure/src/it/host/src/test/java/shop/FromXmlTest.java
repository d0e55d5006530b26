package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.test.YotpoSandboxExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A host that is put together from XML, as Broadleaf's classic modules are, and that Boot does not configure. */
class FromXmlTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.create();

    @ParameterizedTest
    @ValueSource(strings = {"site", "admin"})
    void aSavedCustomerArrivesAtYotpo(String application) throws Exception {
        try (ClassPathXmlApplicationContext host = new ClassPathXmlApplicationContext(
                        new String[] {"blc-config/" + application + "/bl-yotpo-sync-applicationContext.xml"}, false)) {
            host.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "shop",
                            Map.copyOf(YOTPO.properties())));
            host.refresh();
            assertEquals(1, host.getBeansOfType(CustomerSync.class).size());

            host.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            assertEquals("a@example.com", YOTPO.awaitCustomer("42").path("email").asText());
        }
    }
}
