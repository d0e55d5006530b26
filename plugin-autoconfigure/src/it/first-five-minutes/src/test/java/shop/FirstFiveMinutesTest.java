package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.YotpoSandboxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The dependency, the properties, the line in the log and the first customer, as the README has them. */
@ExtendWith(OutputCaptureExtension.class)
class FirstFiveMinutesTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO = YotpoSandboxExtension.create();

    @Test
    void theFirstCustomerArrives(CapturedOutput log) throws Exception {
        try (ConfigurableApplicationContext shop =
                SpringApplication.run(Shop.class, "--yotpo.sync.defaults.base-url=" + YOTPO.url())) {
            assertTrue(log.getOut().contains(theLineInTheReadme()), log.getOut());

            shop.getBean(CustomerService.class)
                    .save(new Customer("4711", "a@example.com", "A", "B", true, Instant.now()));

            JsonNode arrived = YOTPO.awaitCustomer("4711");
            assertEquals("a@example.com", arrived.path("email").asText());
            assertTrue(arrived.path("accepts_email_marketing").asBoolean());
        }
    }

    private static String theLineInTheReadme() throws Exception {
        try (var in = FirstFiveMinutesTest.class.getResourceAsStream("/log-line.txt")) {
            assertNotNull(in);
            // Its end is made anew at each start.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().replace("…", "");
        }
    }
}
