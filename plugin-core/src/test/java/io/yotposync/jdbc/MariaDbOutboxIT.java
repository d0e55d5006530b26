package io.yotposync.jdbc;

import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Outbox;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
