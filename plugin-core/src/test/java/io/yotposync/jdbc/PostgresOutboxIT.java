package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.TWO;
import static io.yotposync.outbox.States.guest;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresOutboxIT extends JdbcOutboxContract {

    private static final int ROWS = 10_000;
    private static final int CLAIMED = 200;

    @Override
    public TestDatabase database() {
        return TestDatabase.POSTGRESQL;
    }

    /** As after an upgrade of the database, or in the first minute of a backlog. */
    @Test
    void withoutStatisticsOnlyTheLookForWhatIsDueReadsTheBacklogAndClaimsAndEndsTheirRows() {
        long read = rowsReadToSend(i -> live(key(EU, "C" + i), "A", 1));

        assertThat(read).isBetween(2L * CLAIMED, ROWS + 4L * CLAIMED);
    }

    @Test
    void norDoesHowGuestsStandToEachOther() {
        long read = rowsReadToSend(i -> guest(key(EU, "C" + i), "A", i + "@example.com"));

        assertThat(read).isBetween(2L * CLAIMED, ROWS + 12L * CLAIMED);
    }

    private long rowsReadToSend(IntFunction<Desired> row) {
        database().empty();
        try (HikariDataSource pool = database().anotherPool(true)) {
            pool.setMaximumPoolSize(1);
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard()).outbox();
            outbox.upsert(IntStream.range(0, ROWS).mapToObj(row).toList(), T0);
            jdbc.update("DELETE FROM pg_statistic WHERE starelid = 'yotpo_customer_sync'::regclass");
            jdbc.update("UPDATE pg_class SET reltuples = -1 WHERE oid = 'yotpo_customer_sync'::regclass");
            LaneLease lease =
                    outbox.lease(EU, "node", Duration.ofMinutes(1), T0).orElseThrow();
            long before = rowsRead(jdbc);

            List<Claim> claims = outbox.claim(lease, CLAIMED, T0);
            var refused = outbox.complete(
                    claims.stream().map(claim -> new Acknowledged(claim, null)).toList(), T0);

            assertThat(claims).hasSize(CLAIMED);
            assertThat(refused).isEmpty();
            return rowsRead(jdbc) - before;
        }
    }

    @Test
    void anEndThatWaitsForASaveEndsTheRowWhereTheSavePutIt() throws SQLException {
        DataSource pool = database().empty();
        Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard()).outbox();
        List<Acknowledged> ends = endsOfTwo(outbox);
        try (Connection save = pool.getConnection()) {
            save.setAutoCommit(false);
            try (Statement statement = save.createStatement()) {
                statement.executeUpdate("UPDATE yotpo_customer_sync SET updated_at = updated_at + 1");
            }

            var refused = CompletableFuture.supplyAsync(() -> outbox.complete(ends, T0));
            await().until(() -> isWaitedFor(pool));
            save.commit();
            save.setAutoCommit(true);

            assertThat(refused.join()).isEmpty();
        }
        assertThat(outbox.find(ONE).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(outbox.find(TWO).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    private static List<Acknowledged> endsOfTwo(Outbox outbox) {
        outbox.upsert(List.of(live(ONE, "A", 1), live(TWO, "A", 1)), T0);
        LaneLease lease = outbox.lease(EU, "node", Duration.ofMinutes(1), T0).orElseThrow();
        return outbox.claim(lease, 2, T0).stream()
                .map(claim -> new Acknowledged(claim, null))
                .toList();
    }

    @Test
    void aTableThatIsLockedForAWhileIsAnOutboxAllTheSame() throws SQLException {
        DataSource pool = database().empty();
        try (Connection indexing = pool.getConnection()) {
            indexing.setAutoCommit(false);
            try (Statement statement = indexing.createStatement()) {
                statement.execute("LOCK TABLE yotpo_customer_sync IN SHARE MODE");
            }

            assertThat(JdbcStorage.open(pool, OutboxTables.standard()).outbox().durable())
                    .isTrue();
            indexing.rollback();
            indexing.setAutoCommit(true);
        }
    }

    /** As a host's long transaction does with atomic capture, for whom all other saves would wait too. */
    @Test
    void aStartThatMayCreateTheTablesWaitsForNobodyWhoWritesThem() throws SQLException {
        DataSource pool = database().empty();
        DataSource impatient = new DriverManagerDataSource(
                ((HikariDataSource) pool).getJdbcUrl() + "&options=-c%20lock_timeout=1", "postgres", "");
        try (Connection saving = pool.getConnection()) {
            saving.setAutoCommit(false);
            try (Statement statement = saving.createStatement()) {
                statement.executeUpdate("UPDATE yotpo_customer_sync SET updated_at = updated_at");
            }

            assertThat(JdbcSchema.obstacle(impatient, OutboxTables.standard())).isEmpty();
            assertThat(JdbcSchema.obstacle(impatient, new OutboxTables("public", OutboxTables.DEFAULT_PREFIX)))
                    .isEmpty();
            saving.rollback();
            saving.setAutoCommit(true);
        }
    }

    @Test
    void tablesOfAnotherShopFurtherAlongTheSearchPathAreNotTakenForOnesOwn() throws SQLException {
        DataSource pool = database().empty();
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE SCHEMA \"Second\"");
        try {
            DataSource second = new DriverManagerDataSource(
                    ((HikariDataSource) pool).getJdbcUrl() + "&options=-c%20search_path=%22Second%22,public",
                    "postgres",
                    "");

            JdbcSchema.create(second, OutboxTables.standard());

            assertThat(jdbc.queryForObject(
                            "SELECT to_regclass('\"Second\".yotpo_customer_sync') IS NOT NULL", Boolean.class))
                    .isTrue();
        } finally {
            jdbc.execute("DROP SCHEMA \"Second\" CASCADE");
        }
    }

    @Test
    void anIndexThatIsMissingIsCreatedAtAStartThatMayCreateTheTables() throws SQLException {
        DataSource pool = database().empty();
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("DROP INDEX yotpo_customer_sync_parked");

        JdbcSchema.create(pool, OutboxTables.standard());

        assertThat(jdbc.queryForObject("SELECT to_regclass('yotpo_customer_sync_parked') IS NOT NULL", Boolean.class))
                .isTrue();
    }

    /** One may be altered in between, several times. */
    @Test
    void whatIsReadOfATableAtStartWaitsForAsLongAsItIsLocked() {
        Map<String, String> waits = new LinkedHashMap<>();
        DataSource pool = database().empty();

        JdbcStorage.open(noting(pool, waits), OutboxTables.standard());

        assertThat(waits.keySet()).anyMatch(select -> select.contains("HAVING"));
        assertThat(waits.values()).containsOnly("0");
    }

    private static DataSource noting(DataSource pool, Map<String, String> waits) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return passing(Connection.class, (method, arguments) -> {
                    Object made = method.invoke(real, arguments);
                    return method.getName().equals("createStatement") ? noting(real, (Statement) made, waits) : made;
                });
            }
        };
    }

    private static Statement noting(Connection connection, Statement real, Map<String, String> waits) {
        return passing(Statement.class, (method, arguments) -> {
            if (method.getName().equals("executeQuery")) {
                try (Statement asking = connection.createStatement();
                        ResultSet answer = asking.executeQuery("SHOW lock_timeout")) {
                    answer.next();
                    waits.put((String) arguments[0], answer.getString(1));
                }
            }
            return method.invoke(real, arguments);
        });
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T passing(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    @Test
    void tablesThatCanOnlyBeReadAreNoOutbox() {
        asReader(
                "",
                reading -> assertThatIllegalStateException()
                        .isThrownBy(() -> JdbcStorage.open(reading, OutboxTables.standard()))
                        .withMessageContaining("cannot write to its table yotpo_customer_sync"));
    }

    @Test
    void anAuditTableThatCanOnlyBeReadIsNoLog() {
        asReader(
                "GRANT INSERT, UPDATE, DELETE ON yotpo_customer_sync, yotpo_store_state, yotpo_scan_state TO reader",
                reading -> assertThat(JdbcStorage.open(reading, OutboxTables.standard())
                                .auditLog())
                        .isEmpty());
    }

    private void asReader(String more, Consumer<DataSource> use) {
        DataSource pool = database().empty();
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("DROP ROLE IF EXISTS reader");
        jdbc.execute("CREATE ROLE reader LOGIN");
        jdbc.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;" + more);
        try (HikariDataSource reading = new HikariDataSource()) {
            reading.setJdbcUrl(((HikariDataSource) pool).getJdbcUrl().replaceFirst("user=\\w+", "user=reader"));
            reading.setUsername("reader");
            use.accept(reading);
        } finally {
            jdbc.execute("DROP OWNED BY reader");
            jdbc.execute("DROP ROLE reader");
        }
    }

    private static boolean isWaitedFor(DataSource pool) {
        return !new JdbcTemplate(pool)
                .queryForList("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .isEmpty();
    }

    private static long rowsRead(JdbcTemplate jdbc) {
        jdbc.queryForList("SELECT pg_stat_force_next_flush()");
        Long read = jdbc.queryForObject(
                "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'yotpo_customer_sync'",
                Long.class);
        return Objects.requireNonNull(read);
    }
}
