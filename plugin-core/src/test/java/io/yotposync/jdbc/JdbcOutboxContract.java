package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Outbox;
import io.yotposync.outbox.OutboxContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What every outbox keeps, and what can only go wrong with a database. */
abstract class JdbcOutboxContract extends OutboxContract
        implements ManyNodesContract, LockedRowsContract, HostTransactionContract {

    Outbox outboxOf(JdbcStorage storage) {
        return storage.outbox();
    }

    AtomicWriter writerOf(JdbcStorage storage) {
        return storage.atomicWriter();
    }

    @Override
    public final Outbox node(DataSource pool) {
        return outboxOf(JdbcStorage.open(pool, OutboxTables.standard(), fields()));
    }

    @Override
    public final AtomicWriter writer(DataSource pool) {
        return writerOf(JdbcStorage.open(pool, OutboxTables.standard()));
    }

    @Override
    protected Outbox emptyOutbox() {
        return node(database().empty());
    }

    @Test
    void isDurable() {
        assertThat(emptyOutbox().durable()).isTrue();
    }

    @Test
    void aPoolWithoutAutoCommitWritesRows() {
        database().empty();
        try (HikariDataSource pool = database().anotherPool(false)) {
            node(pool).upsert(List.of(live(key(EU, "1"), "A")), T0);
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void driversThatRewriteBatchesChangeNothing() {
        database().empty();
        try (HikariDataSource pool = database().anotherPool(true)) {
            Outbox outbox = node(pool);
            List<Desired> first = IntStream.range(0, 300)
                    .mapToObj(i -> live(key(EU, "c" + i), "A"))
                    .toList();
            outbox.upsert(first, T0);
            assertThat(acknowledgeAll(outbox, 300)).isEmpty();
            List<Desired> second = IntStream.range(200, 400)
                    .mapToObj(i -> live(key(EU, "c" + i), i < 250 ? "A" : "B"))
                    .toList();
            outbox.upsert(second, T0);

            assertThat(outbox.counts()).containsEntry(EU, new LedgerCounts(150, 250, 0, T0));
            assertThat(acknowledgeAll(outbox, 150)).isEmpty();
        }
    }

    @Test
    void aRollbackOfTheHostTakesNothingBack() {
        DataSource pool = database().empty();
        Outbox outbox = node(new TransactionAwareDataSourceProxy(pool));
        TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(pool));

        host.executeWithoutResult(transaction -> {
            outbox.upsert(List.of(live(key(EU, "1"), "A")), T0);
            transaction.setRollbackOnly();
        });

        assertThat(rows()).isEqualTo(1);
    }

    /** Or rows would be gone whose receipt nobody was given, where the second one fails. */
    @Test
    void rowsAreForgottenAndLookedForInOneTransaction() {
        DataSource pool = database().empty();
        AtomicInteger connections = new AtomicInteger();
        Outbox outbox = node(new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        });
        outbox.upsert(List.of(live(key(EU, "1"), "A")), T0);
        connections.set(0);

        assertThat(outbox.forget(List.of(key(EU, "1")), T0)).isEmpty();

        assertThat(rows()).isZero();
        assertThat(connections).hasValue(1);
    }

    @Test
    void thePayloadIsGoneOnceItIsInSync() {
        Outbox outbox = emptyOutbox();
        outbox.upsert(List.of(live(key(EU, "1"), "A")), T0);
        acknowledgeAll(outbox, 1);

        assertThat(new JdbcTemplate(database().pool())
                        .queryForObject(
                                "SELECT COUNT(*) FROM yotpo_customer_sync WHERE payload IS NULL", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void batchesOfAnySizeAreWrittenClaimedAndAcknowledgedInFull() {
        Outbox outbox = emptyOutbox();
        for (int size : new int[] {1, 2, 3, 7, 600, 1300}) {
            List<Desired> batch = IntStream.range(0, size)
                    .mapToObj(i -> live(key(EU, size + "-" + i), "A"))
                    .toList();
            outbox.upsert(batch, T0);
            assertThat(acknowledgeAll(outbox, size)).isEmpty();
        }
        assertThat(outbox.counts()).containsEntry(EU, new LedgerCounts(0, 1913, 0, null));
    }

    @Test
    void aMissingTableIsNamedWithItsScript() {
        assertThatExceptionOfType(MissingTableException.class)
                .isThrownBy(() -> JdbcStorage.open(database().pool(), new OutboxTables(null, "absent_")))
                .withMessageContaining("absent_customer_sync")
                .withMessageContaining("classpath:db/yotpo/")
                .satisfies(e -> {
                    assertThat(e.table()).isEqualTo("absent_customer_sync");
                    assertThat(e.script()).endsWith("/schema.sql");
                });
    }
}
