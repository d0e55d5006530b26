package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("long")
class MariaDbOutboxIT extends JdbcOutboxContract {

    @Override
    public TestDatabase database() {
        return TestDatabase.MARIADB;
    }

    /** It says "MySQL" then, whose script has a collation that older ones do not know. */
    @Test
    void byTheDriverOfMySqlItIsAMariaDbToo() {
        HikariDataSource running = (HikariDataSource) database().empty();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(running.getJdbcUrl().replace("jdbc:mariadb:", "jdbc:mysql:"));
        config.setUsername(running.getUsername());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(Dialect.of(pool)).isEqualTo(Dialect.MARIADB);

            Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard()).outbox();
            assertThat(outbox.upsert(List.of(live(ONE, "A")), T0)).isEmpty();
            assertThat(outbox.find(ONE)).isPresent();
        }
    }

    @Test
    void aCustomerInAnyStoreIsFoundWithoutReadingAllOthers() {
        DataSource pool = database().empty();
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard()).outbox();
        outbox.upsert(
                IntStream.range(0, 1_000)
                        .boxed()
                        .flatMap(i -> Stream.of(live(key(EU, "C" + i), "A"), live(key(US, "C" + i), "A")))
                        .toList(),
                T0);
        long before = rowsRead(jdbc);

        assertThat(outbox.list(LedgerQuery.all().withCustomer("C500")))
                .extracting(LedgerRow::key)
                .containsExactly(key(EU, "C500"), key(US, "C500"));

        assertThat(rowsRead(jdbc) - before).isLessThan(100);
    }

    private static long rowsRead(JdbcTemplate jdbc) {
        return jdbc.query("SHOW GLOBAL STATUS LIKE 'Handler_read_next'", (row, n) -> row.getLong("Value"))
                .get(0);
    }
}
