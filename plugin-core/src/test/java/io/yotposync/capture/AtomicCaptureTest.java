package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.jdbc.AtomicWriter;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the host's transaction goes through when we fail, and what it never does. */
class AtomicCaptureTest {

    private final Connection connection = mock(Connection.class);
    private final Savepoint before = mock(Savepoint.class);
    private final AtomicWriter writer = mock(AtomicWriter.class);
    private final RecordingHandOver handOver = new RecordingHandOver();
    private final RecordingListener listener = new RecordingListener();
    private final List<Desired> woken = new ArrayList<>();
    private final AtomicCapture capture = capture();

    @BeforeEach
    void inATransaction() throws SQLException {
        when(connection.setSavepoint()).thenReturn(before);
    }

    @Test
    void writesBehindASavepointAndNeitherCommitsNorRollsBack() throws SQLException {
        Captured rows = save();

        var order = inOrder(connection, writer);
        order.verify(connection).setSavepoint();
        order.verify(writer).write(any(), any(), any());
        verify(connection, never()).commit();
        verify(connection, never()).rollback();
        assertThat(rows.isWritten()).isTrue();
        assertThat(woken).isEmpty();
        assertThat(listener.heard()).isEmpty();

        rows.committed();
        assertThat(woken).hasSize(1);
        assertThat(listener.heard()).containsExactly("accepted default/7");
        assertThat(handOver.keys()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsTakenBackAndHandedOverAfterTheCommit() throws SQLException {
        doThrow(new SQLException("no table", "42S02")).when(writer).write(any(), any(), any());

        Captured rows = save();

        verify(connection).rollback(before);
        assertThat(rows.isWritten()).isFalse();
        assertThat(handOver.keys()).isEmpty();
        rows.committed();
        assertThat(handOver.keys()).containsExactly("default/7");
        assertThat(woken).isEmpty();
    }

    @Test
    void aTransactionThatTheDatabaseHasGivenUpIsNotLeftToCommit() throws SQLException {
        SQLException deadlock = new SQLTransactionRollbackException("deadlock", "40001");
        doThrow(deadlock).when(writer).write(any(), any(), any());
        doThrow(new SQLException("no such savepoint")).when(connection).rollback(before);

        assertThatExceptionOfType(BrokenTransactionException.class)
                .isThrownBy(this::save)
                .satisfies(broken -> assertThat(broken.getSuppressed()).containsExactly(deadlock));
    }

    @Test
    void aConnectionWithoutSavepointsIsLeftAlone() throws SQLException {
        when(connection.setSavepoint()).thenThrow(new SQLFeatureNotSupportedException("distributed"));

        Captured rows = save();

        assertThat(rows.isWritten()).isFalse();
        verify(connection, never()).prepareStatement(anyString());
        verify(writer, never()).write(any(), any(), any());
    }

    @Test
    void withoutATransactionNothingIsWritten() throws SQLException {
        when(connection.getAutoCommit()).thenReturn(true);

        assertThat(save().isWritten()).isFalse();
        verify(writer, never()).write(any(), any(), any());
    }

    @Test
    void aReaderThatFailsIsTakenBackToo() throws SQLException {
        Captured rows = capture.capture(connection, () -> {
            throw new AssertionError("half read");
        });

        verify(connection).rollback(before);
        assertThat(rows.isWritten()).isFalse();
    }

    @Test
    void aWakeUpThatFailsDoesNotReachTheHost() throws SQLException {
        AtomicCapture failing = capture(state -> {
            throw new IllegalStateException("stopped");
        });

        failing.capture(connection, () -> List.of(Samples.full("7").build())).committed();

        assertThat(listener.heard()).containsExactly("accepted default/7");
    }

    private Captured save() {
        return capture.capture(connection, () -> List.of(Samples.full("7").build()));
    }

    private AtomicCapture capture() {
        return capture(woken::add);
    }

    private AtomicCapture capture(java.util.function.Consumer<Desired> wake) {
        Stores stores = new Stores(List.of(Samples.store("default")));
        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker()),
                handOver,
                listener);
        return new AtomicCapture(sync, writer, wake, listener, Samples.CLOCK);
    }
}
