package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.springframework.dao.DataIntegrityViolationException;

class TransactionsTest {

    private final DataSource pool = mock(DataSource.class);
    private final Transactions transactions = Transactions.plain(pool);
    private final AtomicInteger tries = new AtomicInteger();

    @BeforeEach
    void connect() throws SQLException {
        when(pool.getConnection()).thenReturn(mock(Connection.class));
    }

    @Test
    void aKeyThatAnotherNodeInsertedMeanwhileIsTriedAgain() {
        assertThat(transactions.call(() -> {
                    if (tries.incrementAndGet() < 3) {
                        throw refused("23505");
                    }
                    return "written";
                }))
                .isEqualTo("written");
    }

    /** As PostgreSQL does where transactions are serializable, and a cluster whose other node was quicker. */
    @Test
    void whatIsRefusedAtItsCommitIsTriedAgain() throws SQLException {
        Connection refusing = mock(Connection.class);
        when(pool.getConnection()).thenReturn(refusing);
        doThrow(new SQLException("a driver's words", "40001"))
                .doNothing()
                .when(refusing)
                .commit();

        transactions.run(tries::incrementAndGet);

        assertThat(tries).hasValue(2);
    }

    @Test
    void aValueThatTheDatabaseCannotHoldIsNotTriedAgain() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transactions.run(() -> {
                    tries.incrementAndGet();
                    throw refused("22007");
                }));

        assertThat(tries).hasValue(1);
    }

    @Test
    void whatFailsIsRolledBackAndItsConnectionGoesBackToThePool() throws SQLException {
        Connection used = mock(Connection.class);
        when(pool.getConnection()).thenReturn(used);

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> transactions.run(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }));

        InOrder order = inOrder(used);
        order.verify(used).rollback();
        order.verify(used).close();
        verify(used, never()).commit();
    }

    @Test
    void whatFailsAgainAndAgainIsToldInTheEnd() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transactions.run(() -> {
                    assertThat(tries.incrementAndGet()).isLessThan(100);
                    throw refused("23505");
                }));
    }

    @Test
    void whatLedToItIsToldThoughTheRollbackFailsToo() throws SQLException {
        Connection closed = mock(Connection.class);
        when(pool.getConnection()).thenReturn(closed);
        doThrow(new SQLException("closed")).when(closed).rollback();

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transactions.run(() -> {
                    throw refused("22007");
                }));
    }

    private static DataIntegrityViolationException refused(String state) {
        return new DataIntegrityViolationException("refused", new SQLException("a driver's words", state));
    }
}
