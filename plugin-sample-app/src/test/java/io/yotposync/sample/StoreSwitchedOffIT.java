package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.test.sandbox.Counter;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One store off, the other on. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:switched-off", "yotpo.sync.stores.eu.enabled=false"})
class StoreSwitchedOffIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void aStoreThatIsOffIsNotCalledWhileTheOtherIs() {
        shop.register("eu-shop", Forms.minimal("a@example.com"));
        String id = shop.register("", Forms.minimal("b@example.com"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(sandbox.find("sandbox-default", id)).isPresent());
        assertThat(sandbox.count("sandbox-eu", Counter.REQUESTS)).isZero();
    }
}
