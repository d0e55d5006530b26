package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.yotposync.CapturedLog;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Outbox;
import io.yotposync.outbox.States;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring writes the parameters of statements into its log at trace level. */
class TraceLogIT {

    private final CapturedLog log = new CapturedLog(Logger.ROOT_LOGGER_NAME, Level.TRACE);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void thePayloadIsNotAmongThem() {
        Outbox outbox = JdbcStorage.open(TestDatabase.H2.empty(), OutboxTables.standard())
                .outbox();
        Desired state = States.live(States.ONE, "canary@example.com");

        outbox.upsert(List.of(state), States.T0);
        var lease = outbox.lease(States.EU, "node", Duration.ofMinutes(1), States.T0)
                .orElseThrow();
        assertThat(outbox.claim(lease, 10, States.T0)).hasSize(1);

        assertThat(log.lines()).noneMatch(line -> line.contains("canary"));
        assertThat(log.lines()).anyMatch(line -> line.contains("redacted"));
    }

    @Test
    void norIsWhatADatabaseQuotesThatCannotHoldIt() {
        DataSource database = TestDatabase.H2.empty();
        Outbox outbox = JdbcStorage.open(database, OutboxTables.standard()).outbox();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("ALTER TABLE yotpo_customer_sync ALTER COLUMN payload VARCHAR(10)");
        try {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> outbox.upsert(List.of(States.live(States.ONE, "canary@example.com")), States.T0))
                    .withStackTraceContaining("canary");
        } finally {
            jdbc.execute("ALTER TABLE yotpo_customer_sync ALTER COLUMN payload VARCHAR(1048576)"); // others use it too
        }

        assertThat(log.events()).isNotEmpty().extracting(TraceLogIT::text).noneMatch(line -> line.contains("canary"));
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
}
