package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database whose encoding has no typographic quotation marks. */
class OtherEncodingIT {

    private static final String WORDS = "\u201Cfirst_name\u201D is bad";
    private static final Failure REFUSED = new Failure(FailureClass.VALIDATION, 422, WORDS);

    private Outbox outbox;
    private LaneLease lease;

    @BeforeEach
    void create() throws SQLException {
        HikariDataSource running = (HikariDataSource) TestDatabase.POSTGRESQL.pool();
        JdbcTemplate any = new JdbcTemplate(running);
        any.execute("DROP DATABASE IF EXISTS latin");
        any.execute("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        DataSource latin = new DriverManagerDataSource(
                running.getJdbcUrl().replace("/postgres?", "/latin?"), running.getUsername(), "");
        JdbcSchema.create(latin, OutboxTables.standard());
        outbox = JdbcStorage.open(latin, OutboxTables.standard()).outbox();
        outbox.upsert(List.of(live(key(EU, "1"), "A"), live(key(EU, "2"), "B"), live(key(EU, "3"), "C")), T0);
        lease = outbox.lease(EU, "node", Duration.ofMinutes(1), T0).orElseThrow();
    }

    @Test
    void aReasonThatItCannotHoldKeepsNoClaimFromItsEnd() {
        List<Claim> claims = outbox.claim(lease, 3, T0);

        assertThat(outbox.complete(
                        List.of(
                                new Parked(claims.get(0), REFUSED),
                                new Acknowledged(claims.get(1), WORDS),
                                new RetryAt(claims.get(2), T0, true, REFUSED)),
                        T0))
                .isEmpty();

        assertThat(outbox.find(claims.get(0).key()).orElseThrow()).satisfies(row -> {
            assertThat(row.status()).isEqualTo(LedgerStatus.PARKED);
            assertThat(row.failure()).isNotNull().extracting(Failure::status).isEqualTo(422);
        });
        assertThat(outbox.find(claims.get(1).key()).map(LedgerRow::status)).contains(LedgerStatus.IN_SYNC);
        assertThat(outbox.find(claims.get(2).key()).map(LedgerRow::attempts)).contains(1);
    }

    @Test
    void aClaimThatAnotherSenderTookIsLostThereToo() {
        Completion late = new Parked(outbox.claim(lease, 1, T0).get(0), REFUSED);
        outbox.complete(List.of(new RetryAt(late.claim(), T0, true, Failure.ABANDONED)), T0);

        assertThat(outbox.complete(List.of(late), T0)).hasSize(1);
    }
}
