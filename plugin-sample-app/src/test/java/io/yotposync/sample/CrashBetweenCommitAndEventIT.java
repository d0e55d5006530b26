package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A shop dies after the commit of a customer and before anybody could hear of it. Rounds: {@code
 * -Dyotpo.test.crashes=20}.
 */
@Tag("long")
class CrashBetweenCommitAndEventIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashBetweenCommitAndEventIT.class);
    private static final int CRASHES = Integer.getInteger("yotpo.test.crashes", 1);
    private static final int SAVES = 40;
    private static final String UNKNOWN_TO_THE_LEDGER = "select count(*) from BLC_CUSTOMER c where not exists"
            + " (select 1 from yotpo_customer_sync s where s.customer_id = cast(c.CUSTOMER_ID as varchar))";

    @TempDir
    private Path folder;

    @Test
    void atomicCaptureLosesNobody() throws Exception {
        int lost = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            crash("atomic", crash);
            assertThat(count("atomic" + crash, "select count(*) from BLC_CUSTOMER"))
                    .isEqualTo(SAVES);
            lost += count("atomic" + crash, UNKNOWN_TO_THE_LEDGER);
        }
        LOG.info("figures: capture=atomic, {} crashes of {} saves each: {} customers lost", CRASHES, SAVES, lost);
        assertThat(lost).isZero();
    }

    @Test
    void handOverLosesTheOneWhoseEventNeverCame() throws Exception {
        int lost = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            crash("hand-over", crash);
            assertThat(count("hand-over" + crash, "select count(*) from BLC_CUSTOMER"))
                    .isEqualTo(SAVES);
            lost += count("hand-over" + crash, UNKNOWN_TO_THE_LEDGER);
        }
        LOG.info("figures: capture=hand-over, {} crashes of {} saves each: {} customers lost", CRASHES, SAVES, lost);
        assertThat(lost).isBetween(CRASHES, CRASHES * SAVES);
    }

    /** Whom the hand-over lost, the catch-up finds. */
    @Test
    void afterARestartAllAreDelivered() throws Exception {
        int another = CRASHES;
        crash("atomic", another);
        crash("hand-over", another);
        assertThat(count("hand-over" + another, UNKNOWN_TO_THE_LEDGER)).isPositive();

        // Both at once, for each has to wait until the rights of the dead have ended.
        try (ConfigurableApplicationContext atomic = restart("atomic" + another);
                ConfigurableApplicationContext handOver = restart("hand-over" + another)) {
            awaitAllDelivered(atomic);
            awaitAllDelivered(handOver);
        }
    }

    private void crash(String capture, int round) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingShop.class.getName(),
                String.valueOf(SAVES)));
        command.addAll(arguments(capture + round));
        command.add("--yotpo.sync.outbox.capture=" + capture);
        // Nobody answers there: what is sent is no matter here.
        command.add("--yotpo.sync.defaults.base-url=http://localhost:1");
        command.add("--spring.main.web-application-type=none");
        Process shop = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(capture + round + ".log").toFile())
                .start();
        try {
            assertThat(shop.waitFor(120, TimeUnit.SECONDS))
                    .as("ended by itself")
                    .isTrue();
            assertThat(shop.exitValue()).as("exit").isEqualTo(CrashingShop.CRASHED);
        } finally {
            shop.destroyForcibly();
        }
    }

    private ConfigurableApplicationContext restart(String database) {
        List<String> arguments = arguments(database);
        int port = FreePort.find();
        arguments.add("--server.port=" + port);
        arguments.add("--yotpo.sync.defaults.rate-limit=1000");
        arguments.add("--sample.sandbox.requests-per-second=100000");
        return new SpringApplicationBuilder(SampleApplication.class).run(arguments.toArray(String[]::new));
    }

    private static void awaitAllDelivered(ConfigurableApplicationContext shop) {
        JdbcTemplate jdbc = shop.getBean(JdbcTemplate.class);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(jdbc.queryForObject(
                                "select count(*) from yotpo_customer_sync where status = 'S'", Integer.class))
                        .isEqualTo(SAVES));
    }

    private List<String> arguments(String database) {
        return new ArrayList<>(List.of(
                "--spring.datasource.url=" + url(database),
                "--spring.datasource.username=sa",
                "--spring.main.banner-mode=off",
                "--yotpo.sync.outbox.type=jdbc",
                "--yotpo.sync.defaults.lease=9s", // it has to end before others may send
                "--yotpo.sync.defaults.request-timeout=3s",
                "--yotpo.sync.outbox.jdbc.initialize-schema=always"));
    }

    private String url(String database) {
        return "jdbc:h2:file:" + folder.resolve(database) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    private int count(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), "sa", "");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
