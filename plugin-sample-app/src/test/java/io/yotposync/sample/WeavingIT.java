package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.instrument.InstrumentationSavingAgent;

/** Broadleaf's shops are started with {@code -javaagent:spring-instrument.jar}, and weave their entities. */
class WeavingIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void thePluginNamesNoEntityBeforeItIsWovenAndWorks() throws Exception {
        int port = FreePort.find();
        Process shop = start("--server.port=" + port);
        try {
            SampleClient client = new SampleClient(port);
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> client.get("/api/customers").status() == 200);
            String id = client.register("", Forms.full("a@example.com"));

            await().atMost(LONG).until(() -> client.state(id, "default").equals("delivered"));
            assertThat(log())
                    .contains("woven: org/broadleafcommerce/profile/core/domain/CustomerImpl")
                    .contains("woven: org/broadleafcommerce/profile/core/domain/PhoneImpl")
                    .contains("Yotpo sync is active for store default, store eu");
        } finally {
            shop.destroyForcibly();
        }
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void anEntityThatAConditionNamesEndsTheStart() throws Exception {
        Process shop = start("--spring.main.web-application-type=none", WovenShop.MISTAKE);
        try {
            assertThat(shop.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(shop.exitValue()).as(log()).isEqualTo(WovenShop.TOO_EARLY);
            assertThat(log()).contains("loaded before they could be woven").contains("CustomerImpl");
        } finally {
            shop.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws Exception {
        Path agent = Path.of(InstrumentationSavingAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WovenShop.class.getName(),
                "--spring.datasource.url=jdbc:h2:mem:woven;DB_CLOSE_DELAY=-1",
                "--yotpo.sync.defaults.settle=10ms"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "no log";
        }
    }
}
