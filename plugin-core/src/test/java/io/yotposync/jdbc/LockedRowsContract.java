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

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** What a row that somebody holds locked costs the others. */
interface LockedRowsContract extends DatabaseScene {

    /** A forgotten session, or a node that was frozen in the middle of a transaction. */
    @Test
    default void aRowThatSomebodyHoldsLockedKeepsNoOtherFromItsEndAndNoWriterForEver() throws SQLException {
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
    default void aBatchWaitsForNoRowThatIsNotInIt(int size) throws SQLException {
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

    /** Whoever waited here would hold what others wait for who have begun at the customer. */
    @Test
    default void whatIsMadeDueAgainWaitsForNoRowThatIsNotWanted() throws SQLException {
        assumeThat(database()).as("waits until it gets its lock").isNotEqualTo(TestDatabase.HSQLDB);
        DataSource pool = database().empty();
        Outbox outbox = node(pool);
        outbox.upsert(List.of(live(ONE, "A"), live(TWO, "A")), T0);
        outbox.complete(
                endsOf(outbox, 2).stream()
                        .map(end -> new Parked(
                                end.claim(), refused(end.claim().key().equals(ONE))))
                        .toList(),
                at(2));

        whileLocked(
                ONE,
                pool,
                () -> assertThat(outbox.requeue(LedgerQuery.parked().withFailure(FailureClass.VALIDATION), at(3)))
                        .isEqualTo(1));

        assertThat(outbox.find(ONE).orElseThrow().status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(outbox.find(TWO).orElseThrow().status()).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    default void aDueRowThatSomebodyHoldsLockedKeepsNoOtherFromItsClaim() throws SQLException {
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

    private static Failure refused(boolean forUs) {
        return new Failure(forUs ? FailureClass.OURS : FailureClass.VALIDATION, 422, "");
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
}
