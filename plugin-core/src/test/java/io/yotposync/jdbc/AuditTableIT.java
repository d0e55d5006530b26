package io.yotposync.jdbc;

import static io.yotposync.outbox.States.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.operator.AuditEntry;
import io.yotposync.operator.AuditLog;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators did, in every database that there is a script for. */
class AuditTableIT {

    private static final AuditEntry PAUSED =
            new AuditEntry(T0, "jo", "pause", "eu", null, "stock take", "Store eu is paused.");
    private static final AuditEntry RETRIED =
            new AuditEntry(T0.plusSeconds(1), "jo", "retry", null, "42", null, "1 customer is tried again.");

    @ParameterizedTest
    @EnumSource
    void allNodesSeeTheNewestFirst(TestDatabase database) {
        DataSource pool = database.empty();
        AuditLog one = log(pool);
        AuditLog other = log(pool);
        one.add(PAUSED);
        other.add(RETRIED);

        assertThat(one.newest(10)).containsExactly(RETRIED, PAUSED);
        assertThat(other.newest(1)).containsExactly(RETRIED);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOldIsForgotten(TestDatabase database) {
        AuditLog log = log(database.empty());
        log.add(PAUSED);
        log.add(RETRIED);

        assertThat(log.forget(RETRIED.at())).isOne();

        assertThat(log.newest(10)).containsExactly(RETRIED);
    }

    @ParameterizedTest
    @EnumSource
    void aPoolWithoutAutoCommitLosesNothing(TestDatabase database) {
        database.empty();
        try (HikariDataSource pool = database.anotherPool(false)) {
            log(pool).add(PAUSED);
        }

        assertThat(log(database.pool()).newest(10)).containsExactly(PAUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsNotThereIsNoLog(TestDatabase database) {
        DataSource pool = database.empty();
        new JdbcTemplate(pool).execute("ALTER TABLE yotpo_audit RENAME TO yotpo_no_audit");
        try {
            assertThat(JdbcStorage.open(pool, OutboxTables.standard()).auditLog())
                    .isEmpty();
        } finally {
            new JdbcTemplate(pool).execute("ALTER TABLE yotpo_no_audit RENAME TO yotpo_audit");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHostsTransactionIsItsOwnAlsoBehindAProxy(TestDatabase database) {
        DataSource pool = database.empty();
        TransactionAwareDataSourceProxy proxy = new TransactionAwareDataSourceProxy(pool);
        AuditLog log = log(proxy);
        new TransactionTemplate(new DataSourceTransactionManager(pool)).executeWithoutResult(host -> {
            new JdbcTemplate(pool)
                    .update("INSERT INTO yotpo_store_state (store_id, paused, catch_up_needed, version, lane_fence,"
                            + " lane_until) VALUES ('eu', 0, 0, 1, 0, 0)");
            log.add(PAUSED);
            host.setRollbackOnly();
        });

        assertThat(log.newest(10)).containsExactly(PAUSED);
        assertThat(new JdbcTemplate(pool).queryForObject("SELECT COUNT(*) FROM yotpo_store_state", Long.class))
                .isZero();
    }

    private static AuditLog log(DataSource pool) {
        return JdbcStorage.open(pool, OutboxTables.standard()).auditLog().orElseThrow();
    }
}
