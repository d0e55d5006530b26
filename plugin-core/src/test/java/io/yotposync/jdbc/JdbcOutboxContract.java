package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.TWO;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.outbox.OutboxContract;
import io.yotposync.outbox.States;
import io.yotposync.store.CustomerKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What every outbox keeps, and what can only go wrong with a database and several nodes. */
abstract class JdbcOutboxContract extends OutboxContract {

    private static final int THREADS = 8;

    abstract TestDatabase database();

    Outbox outboxOf(JdbcStorage storage) {
        return storage.outbox();
    }

    private Outbox node(DataSource pool) {
        return outboxOf(JdbcStorage.open(pool, OutboxTables.standard(), fields()));
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
    void manyThreadsSaveThroughOneWriter() throws Exception {
        Outbox outbox = emptyOutbox();
        HandOver handOver = HandOver.groupCommit(
                outbox, Clock.fixed(T0, ZoneOffset.UTC), GroupCommitSettings.standard(), HandOverListener.none());
        AtomicInteger threads = new AtomicInteger();

        atOnce(() -> {
            int thread = threads.getAndIncrement();
            for (int i = 0; i < 500; i++) {
                handOver.offer(live(key(EU, thread + "-" + i % 100), "v" + i, 10_000 + i));
            }
            return true;
        });

        assertThat(handOver.close(Duration.ofSeconds(60))).isZero();
        assertThat(outbox.list(LedgerQuery.all())).hasSize(800).allSatisfy(row -> {
            String id = row.key().customerId();
            int last = 400 + Integer.parseInt(id.substring(id.indexOf('-') + 1));
            assertThat(row.desired()).isEqualTo(States.print("v" + last));
        });
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

    private static List<Completion> acknowledgeAll(Outbox outbox, int expected) {
        return List.copyOf(outbox.complete(endsOf(outbox, expected), at(2)));
    }

    private static List<Acknowledged> endsOf(Outbox outbox, int expected) {
        LaneLease lease =
                outbox.lease(EU, "node", Duration.ofSeconds(60), at(1)).orElseThrow();
        List<Claim> claims = outbox.claim(lease, 5_000, at(1));
        assertThat(claims).hasSize(expected);
        return claims.stream().map(claim -> new Acknowledged(claim, null)).toList();
    }

    @Test
    void manyNodesCreateTheSchemaAtOnce() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(database().pool());
        for (int round = 0; round < 3; round++) {
            jdbc.execute("DROP TABLE IF EXISTS yotpo_customer_sync");
            jdbc.execute("DROP TABLE IF EXISTS yotpo_store_state");
            jdbc.execute("DROP TABLE IF EXISTS yotpo_scan_state");
            atOnce(() -> {
                database().createSchema(database().pool());
                return JdbcStorage.open(database().pool(), OutboxTables.standard());
            });
        }
        assertThat(rows()).isZero();
    }

    @Test
    void threadsThatClaimAtOnceNeverGetTheSameRow() throws Exception {
        Outbox outbox = emptyOutbox();
        int customers = 400;
        outbox.upsert(
                IntStream.range(0, customers)
                        .mapToObj(i -> live(key(EU, "c" + i), "A"))
                        .toList(),
                T0);
        LaneLease lease =
                outbox.lease(EU, "node", Duration.ofSeconds(60), at(1)).orElseThrow();

        List<List<Claim>> claimed = atOnce(() -> {
            List<Claim> mine = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                mine.addAll(outbox.claim(lease, 10, at(1)));
            }
            return mine;
        });

        List<CustomerKey> keys =
                claimed.stream().flatMap(List::stream).map(Claim::key).toList();
        assertThat(keys).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(customers);
        assertThat(keys.size() + outbox.claim(lease, customers, at(1)).size()).isEqualTo(customers);
    }

    @Test
    void nodesThatTakeALaneAtOnceGiveItToOne() throws Exception {
        DataSource pool = database().empty();
        AtomicInteger names = new AtomicInteger();

        List<Boolean> got = atOnce(() -> node(pool)
                .lease(EU, "node-" + names.incrementAndGet(), Duration.ofSeconds(60), at(1))
                .isPresent());

        assertThat(got).containsOnlyOnce(true);
    }

    @Test
    void statesThatArriveOnManyNodesInAnyOrderEndAtTheNewest() throws Exception {
        DataSource pool = database().empty();
        AtomicInteger threads = new AtomicInteger();
        int versions = 40;

        atOnce(() -> {
            Outbox node = node(pool);
            int first = threads.getAndIncrement();
            for (int i = 0; i < versions; i++) {
                long version = first % 2 == 0 ? i : versions - i;
                List<Desired> batch = new ArrayList<>();
                for (int customer = 0; customer < 10; customer++) {
                    batch.add(live(key(EU, "c" + customer), "v" + version, 10_001 + version));
                }
                node.upsert(batch, T0);
            }
            return true;
        });

        assertThat(node(pool).list(LedgerQuery.all())).hasSize(10).allSatisfy(row -> {
            assertThat(row.sourceVersion()).isEqualTo(10_001 + versions);
            assertThat(row.desired()).isEqualTo(States.print("v" + versions));
        });
    }

    @Test
    void anOlderStateThatIsInsertedInTheMiddleOfAnUpsertIsReplaced() {
        for (int statement = 1; statement <= 3; statement++) {
            DataSource pool = database().empty();
            Outbox other = node(pool);

            upsertInterruptedAt(statement, pool, () -> other.upsert(List.of(live(key(EU, "1"), "old", 9_001)), T0));

            assertThat(other.find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print("new"));
        }
    }

    @Test
    void aRowThatVanishesInTheMiddleOfAnUpsertIsThereAgain() {
        for (int statement = 1; statement <= 3; statement++) {
            DataSource pool = database().empty();
            Outbox other = node(pool);
            other.upsert(List.of(live(key(EU, "1"), "old", 9_001)), T0);

            upsertInterruptedAt(statement, pool, () -> other.forget(List.of(key(EU, "1")), T0));

            assertThat(other.find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print("new"));
        }
    }

    private void upsertInterruptedAt(int statement, DataSource pool, Runnable other) {
        Interruption interruption = new Interruption(statement, other);
        Outbox outbox = node(interruption.of(pool));
        interruption.begin();
        outbox.upsert(List.of(live(key(EU, "1"), "new", 10_001)), at(1));
        interruption.end();
    }

    /** A forgotten session, or a node that was frozen in the middle of a transaction. */
    @Test
    void aRowThatSomebodyHoldsLockedKeepsNoOtherFromItsEndAndNoWriterForEver() throws SQLException {
        assumeThat(database()).as("waits until it gets its lock").isNotEqualTo(TestDatabase.HSQLDB);
        DataSource pool = database().empty();
        Outbox outbox = node(pool);
        outbox.upsert(List.of(live(ONE, "A"), live(TWO, "A")), T0);
        List<Acknowledged> ends = endsOf(outbox, 2);

        whileLocked(ONE, pool, () -> {
            assertThat(outbox.complete(ends, at(2)))
                    .extracting(end -> end.claim().key())
                    .containsExactly(ONE);
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> outbox.upsert(List.of(live(ONE, "B")), at(1)));
        });

        assertThat(outbox.find(TWO).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(outbox.find(ONE).orElseThrow().status()).isEqualTo(LedgerStatus.PENDING);
    }

    /** Left to themselves MariaDB and MySQL look all rows of a small store through, and lock them, for a part of it. */
    @ParameterizedTest
    @ValueSource(ints = {8, 100, 500})
    void aBatchWaitsForNoRowThatIsNotInIt(int size) throws SQLException {
        assumeThat(database()).as("waits until it gets its lock").isNotEqualTo(TestDatabase.HSQLDB);
        DataSource pool = database().empty();
        Outbox outbox = node(pool);
        outbox.upsert(states(0, size * 5 / 4, "1"), T0);
        try (Connection forgotten = pool.getConnection()) {
            forgotten.setAutoCommit(false);
            forgotten
                    .createStatement()
                    .executeUpdate(
                            "UPDATE yotpo_customer_sync SET note = 'looked at' WHERE store_id = 'eu' AND customer_id = 'c00000'");

            assertThat(outbox.upsert(states(1, size, "2"), T0.plusSeconds(1))).isEmpty();

            forgotten.rollback();
            forgotten.setAutoCommit(true);
        }
    }

    @Test
    void aDueRowThatSomebodyHoldsLockedKeepsNoOtherFromItsClaim() throws SQLException {
        assumeThat(passesOverLockedRows()).isTrue();
        DataSource pool = database().empty();
        Outbox outbox = node(pool);
        outbox.upsert(List.of(live(ONE, "A"), live(TWO, "A"), live(key(EU, "3"), "A")), T0);
        LaneLease lease =
                outbox.lease(EU, "node", Duration.ofSeconds(60), at(1)).orElseThrow();

        whileLocked(ONE, pool, () -> {
            assertThat(outbox.claimProbe(lease, at(1)).orElseThrow().key()).isEqualTo(TWO);
            assertThat(outbox.claim(lease, 3, at(1))).extracting(Claim::key).containsExactly(key(EU, "3"));
        });

        assertThat(outbox.claim(lease, 3, at(1))).extracting(Claim::key).containsExactly(ONE);
    }

    private static List<Desired> states(int from, int count, String state) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> live(key(EU, String.format("c%05d", i)), state))
                .toList();
    }

    private boolean passesOverLockedRows() {
        return switch (database()) {
            case POSTGRESQL, MARIADB, MYSQL -> true;
            case H2, H2_DERBY, H2_MSSQLSERVER -> Constants.BUILD_ID >= 220;
            case HSQLDB -> false;
        };
    }

    private static void whileLocked(CustomerKey key, DataSource pool, Runnable work) throws SQLException {
        try (Connection forgotten = pool.getConnection();
                PreparedStatement lock = forgotten.prepareStatement(
                        "SELECT 1 FROM yotpo_customer_sync WHERE store_id = ? AND customer_id = ? FOR UPDATE")) {
            forgotten.setAutoCommit(false);
            lock.setString(1, key.store().value());
            lock.setString(2, key.customerId());
            lock.execute();
            work.run();
            forgotten.rollback();
            forgotten.setAutoCommit(true);
        }
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

    AtomicWriter writerOf(JdbcStorage storage) {
        return storage.atomicWriter();
    }

    @Test
    void aRowWrittenInTheHostsTransactionEndsAsThatDoes() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writerOf(JdbcStorage.open(pool, OutboxTables.standard()));
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
    void theRulesOfAnUpsertHoldInTheHostsTransactionToo() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writerOf(JdbcStorage.open(pool, OutboxTables.standard()));
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

    /** H2 has one limit for all statements of a connection. */
    @Test
    void theHostsStatementsMayTakeAsLongAsBefore() throws SQLException {
        DataSource pool = database().empty();
        AtomicWriter writer = writerOf(JdbcStorage.open(pool, OutboxTables.standard()));
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
    void hostsTransactionsThatInsertOneCustomerAtOnceBothCommit() throws Exception {
        DataSource pool = database().empty();
        AtomicWriter writer = writerOf(JdbcStorage.open(pool, OutboxTables.standard()));
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

    @Test
    void anotherDatabaseIsNotReached() throws SQLException {
        AtomicWriter writer = writerOf(JdbcStorage.open(database().empty(), OutboxTables.standard()));
        TestDatabase other = database() == TestDatabase.H2 ? TestDatabase.HSQLDB : TestDatabase.H2;
        other.empty();
        try (Connection elsewhere = other.pool().getConnection()) {
            assertThat(writer.reaches(elsewhere)).isFalse();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> writer.write(elsewhere, List.of(live(key(EU, "1"), "A")), T0))
                    .withMessageContaining("another database");
        }
    }

    private int rows() {
        Integer count = new JdbcTemplate(database().pool())
                .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class);
        return count == null ? -1 : count;
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
