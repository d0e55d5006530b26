package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CapturedLog;
import io.yotposync.CustomerSync;
import io.yotposync.MovedClock;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.outbox.Desired;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.source.Rereads.Reread;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private final Rereads rereads = new Rereads();
    private final MovedClock clock = new MovedClock();
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
        assertThat(listener.heard()).containsExactly("notCaptured default/7", "accepted default/7");
    }

    @Test
    void saysOnceThatNothingCanBeWrittenAndOnceThatItCanAgain() throws SQLException {
        when(connection.getAutoCommit()).thenReturn(true, true, false);

        try (CapturedLog log = new CapturedLog("io.yotposync", Level.INFO)) {
            save();
            save();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("customers cannot be written in the host's transactions");

            clock.forward(Duration.ofMinutes(1));
            save();
            assertThat(log.lines()).as("it may be one of many that fail").hasSize(1);
            clock.forward(Duration.ofMillis(1));
            save();
            save();
            assertThat(log.lines())
                    .last()
                    .isEqualTo("Yotpo sync: customers are written in the host's transactions again");
            assertThat(log.lines()).hasSize(2);
        }
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
    void aTransactionThatTheDatabaseGaveUpBeforeIsNotLeftToCommitEither() throws SQLException {
        SQLException aborted = new SQLException("current transaction is aborted", "25P02");
        when(connection.setSavepoint()).thenThrow(aborted);

        assertThatExceptionOfType(BrokenTransactionException.class)
                .isThrownBy(this::save)
                .withCause(aborted);
        assertThat(listener.heard()).isEmpty();
    }

    @Test
    void aConnectionWithoutSavepointsIsLeftAlone() throws SQLException {
        when(connection.setSavepoint()).thenThrow(new SQLFeatureNotSupportedException("distributed"));

        Captured rows = save();

        assertThat(rows.isWritten()).isFalse();
        verify(connection, never()).prepareStatement(anyString());
        verify(writer, never()).write(any(), any(), any());
        assertThat(listener.heard()).containsExactly("notCaptured default/7");
        assertThat(rereads.drain(Instant.EPOCH)).isEmpty();
        rows.committed();
        assertThat(rereads.drain(Instant.EPOCH)).extracting(Reread::customerId).containsExactly("7");
    }

    @Test
    void whereNobodyReadsAgainTheCatchUpHasTo() throws SQLException {
        when(connection.setSavepoint()).thenThrow(new SQLFeatureNotSupportedException("distributed"));
        AtomicCapture alone = capture(new Rereads(), woken::add);

        alone.capture(connection, List.of(SavedCustomer.of(Samples.full("7").build())))
                .committed();

        assertThat(listener.heard()).containsExactly("notCaptured default/7", "dropped default/7");
    }

    @Test
    void withoutATransactionNothingIsWritten() throws SQLException {
        when(connection.getAutoCommit()).thenReturn(true);

        assertThat(save().isWritten()).isFalse();
        verify(writer, never()).write(any(), any(), any());
    }

    @Test
    void aReaderThatFailsIsTakenBackAndKeepsNoOtherFromItsRow() throws SQLException {
        Captured rows = capture.capture(connection, List.of(saved("6"), new Unreadable("7"), saved("8")));

        var order = inOrder(connection, writer);
        order.verify(connection).setSavepoint();
        order.verify(connection).rollback(before);
        order.verify(connection).setSavepoint();
        order.verify(writer).write(any(), argThat(states -> states.size() == 2), any());
        assertThat(rows.isWritten()).isFalse();
        assertThat(listener.heard()).containsExactly("notCaptured default/7");
        rows.committed();
        assertThat(woken).extracting(state -> state.key().customerId()).containsExactly("6", "8");
        assertThat(rereads.drain(Instant.EPOCH)).extracting(Reread::customerId).containsExactly("7");
    }

    @Test
    void aCustomerThatIsReadInPartIsWrittenAndReadAgainAndLeavesTheTransactionAsItWas() throws SQLException {
        Captured rows = capture.capture(
                connection,
                List.of(SavedCustomer.of(Samples.full("7").partial(true).build())));

        verify(connection).rollback(before);
        rows.committed();
        assertThat(woken).hasSize(1);
        assertThat(rereads.drain(Instant.EPOCH)).extracting(Reread::customerId).containsExactly("7");
    }

    @Test
    void aWakeUpThatFailsDoesNotReachTheHost() throws SQLException {
        AtomicCapture failing = capture(rereads, state -> {
            throw new IllegalStateException("stopped");
        });

        failing.capture(connection, List.of(saved("7"))).committed();

        assertThat(listener.heard()).containsExactly("accepted default/7");
    }

    private Captured save() {
        return capture.capture(connection, List.of(saved("7")));
    }

    private static SavedCustomer saved(String id) {
        return SavedCustomer.of(Samples.full(id).build());
    }

    private record Unreadable(String id) implements SavedCustomer {

        @Override
        public CustomerSnapshot unread() {
            return CustomerSnapshot.of(id).partial(true).build();
        }

        @Override
        public CustomerSnapshot read() {
            throw new AssertionError("half read");
        }
    }

    private AtomicCapture capture() {
        rereads.onFirst(() -> {});
        return capture(rereads, woken::add);
    }

    private AtomicCapture capture(Rereads again, Consumer<Desired> wake) {
        Stores stores = new Stores(List.of(Samples.store("default")));
        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker()),
                handOver,
                listener);
        return new AtomicCapture(sync, again, writer, new AtomicCapture.Reactions(wake, listener), clock);
    }
}
