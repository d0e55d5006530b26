package io.yotposync.outbox.jdbc;

import static io.yotposync.outbox.States.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.operator.AuditEntry;
import io.yotposync.operator.AuditLog;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators did, in every database that there is a script for. */
class AuditTableIT {

    private static final AuditEntry PAUSED =
            new AuditEntry(T0, "jo", "pause", "eu", null, "stock take", "Store eu is paused.");
    private static final AuditEntry RETRIED =
            new AuditEntry(T0.plusSeconds(1), "jo", "retry", null, "42", null, "1 customers are tried again.");

    @ParameterizedTest
    @EnumSource
    void allNodesSeeTheNewestFirst(TestDatabase database) {
        DataSource pool = database.empty();
        AuditLog one = AuditLog.inTable(pool, "yotpo_audit").orElseThrow();
        AuditLog other = AuditLog.inTable(pool, "yotpo_audit").orElseThrow();
        one.add(PAUSED);
        other.add(RETRIED);

        assertThat(one.newest(10)).containsExactly(RETRIED, PAUSED);
        assertThat(other.newest(1)).containsExactly(RETRIED);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOldIsForgotten(TestDatabase database) {
        AuditLog log = AuditLog.inTable(database.empty(), "yotpo_audit").orElseThrow();
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
            AuditLog.inTable(pool, "yotpo_audit").orElseThrow().add(PAUSED);
        }

        assertThat(AuditLog.inTable(database.pool(), "yotpo_audit")
                        .orElseThrow()
                        .newest(10))
                .containsExactly(PAUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsNotThereIsNoLog(TestDatabase database) {
        assertThat(AuditLog.inTable(database.empty(), "yotpo_no_audit")).isEmpty();
    }
}
