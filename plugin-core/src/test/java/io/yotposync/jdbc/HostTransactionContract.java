package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.outbox.States;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What is written within transactions of the host's. */
interface HostTransactionContract extends DatabaseScene {

    @Test
    default void aRowWrittenInTheHostsTransactionEndsAsThatDoes() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writer(pool);
        try (Connection host = pool.getConnection()) {
            assertThat(writer.reaches(host)).isTrue();
            host.setAutoCommit(false);
            writer.write(host, List.of(live(key(EU, "2"), "A"), live(key(EU, "1"), "A")), T0);
            // HSQLDB locks the table, its readers would wait for the commit.
            assertThat(database() == TestDatabase.HSQLDB ? 0 : rows()).isZero();
            host.commit();

            writer.write(host, List.of(live(key(EU, "3"), "A"), live(key(EU, "1"), "B")), T0);
            host.rollback();
            host.setAutoCommit(true);
            assertThat(rows()).isEqualTo(2);
        }
        assertThat(node(pool).find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print("A"));
    }

    @Test
    default void theRulesOfAnUpsertHoldInTheHostsTransactionToo() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writer(pool);
        Outbox outbox = node(pool);
        outbox.upsert(List.of(live(key(EU, "1"), "A", 10_001)), T0);
        acknowledgeAll(outbox, 1);

        write(pool, writer, live(key(EU, "1"), "old", 9_001));
        assertThat(outbox.find(key(EU, "1")).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
        write(pool, writer, live(key(EU, "1"), "B", 11_001));
        assertThat(outbox.find(key(EU, "1")).orElseThrow().status()).isEqualTo(LedgerStatus.PENDING);
        write(pool, writer, live(key(EU, "1"), "A", 12_001));
        assertThat(outbox.find(key(EU, "1")).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    private static void write(DataSource pool, AtomicWriter writer, Desired state) throws SQLException {
        try (Connection host = pool.getConnection()) {
            host.setAutoCommit(false);
            writer.write(host, List.of(state), T0);
            host.commit();
            host.setAutoCommit(true);
        }
    }

    /** By it a transaction of the host's is known. */
    @Test
    default void theWritersDataSourceIsTheOneBehindAllProxies() {
        DataSource pool = database().empty();

        assertThat(writer(new TransactionAwareDataSourceProxy(new TransactionAwareDataSourceProxy(pool)))
                        .dataSource())
                .isSameAs(pool);
    }

    /** H2 has one limit for all statements of a connection. */
    @Test
    default void theHostsStatementsMayTakeAsLongAsBefore() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writer(pool);
        try (Connection host = pool.getConnection();
                PreparedStatement before = host.prepareStatement("SELECT 1 FROM yotpo_customer_sync")) {
            int limit = before.getQueryTimeout();
            host.setAutoCommit(false);
            writer.write(host, List.of(live(key(EU, "1"), "A")), T0);
            writer.write(host, List.of(live(key(EU, "1"), "B")), T0);
            host.commit();
            host.setAutoCommit(true);

            try (PreparedStatement after = host.prepareStatement("SELECT 2 FROM yotpo_customer_sync")) {
                assertThat(after.getQueryTimeout()).isEqualTo(limit);
            }
        }
    }

    /** As a host's transaction holds it: the other waits, then finds the row that it did not see. */
    @Test
    default void hostsTransactionsThatInsertOneCustomerAtOnceBothCommit() throws Exception {
        DataSource pool = database().empty();
        AtomicWriter writer = writer(pool);
        AtomicInteger versions = new AtomicInteger(10_000);

        for (int round = 0; round < 5; round++) {
            String id = "c" + round;
            atOnce(() -> {
                write(pool, writer, live(key(EU, id), "v", versions.incrementAndGet()));
                return true;
            });
        }

        assertThat(rows()).isEqualTo(5);
    }

    /** What is not written is handed over after the commit; what was said to be, by nobody. */
    @Test
    default void aRowThatTheHostsSnapshotLacksIsWrittenOrFails() throws SQLException {
        assumeThat(database()).as("locks the table for who has looked").isNotEqualTo(TestDatabase.HSQLDB);
        DataSource pool = database().empty();
        AtomicWriter writer = writer(pool);
        String desired = "A";
        try (Connection host = pool.getConnection()) {
            int isolation = host.getTransactionIsolation();
            host.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            host.setAutoCommit(false);
            host.createStatement().execute("SELECT COUNT(*) FROM yotpo_customer_sync");
            node(pool).upsert(List.of(live(key(EU, "1"), desired, 10_001)), T0);
            try {
                writer.write(host, List.of(live(key(EU, "1"), "B", 11_001)), T0);
                host.commit();
                desired = "B";
            } catch (SQLException refused) {
                host.rollback();
            }
            host.setAutoCommit(true);
            host.setTransactionIsolation(isolation);
        }

        assertThat(node(pool).find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print(desired));
    }

    @Test
    default void anotherDatabaseIsNotReached() throws SQLException {
        AtomicWriter writer = writer(database().empty());
        TestDatabase other = database() == TestDatabase.H2 ? TestDatabase.HSQLDB : TestDatabase.H2;
        other.empty();
        try (Connection elsewhere = other.pool().getConnection()) {
            assertThat(writer.reaches(elsewhere)).isFalse();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> writer.write(elsewhere, List.of(live(key(EU, "1"), "A")), T0))
                    .withMessageContaining("another database");
        }
    }
}
