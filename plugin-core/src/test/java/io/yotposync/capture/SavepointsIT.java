package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CustomerSync;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What databases make of savepoints differs: HSQLDB's ends when it is rolled back to. */
class SavepointsIT {

    private static SavedCustomer partial(String id) {
        return SavedCustomer.of(Samples.full(id).partial(true).build());
    }

    @ParameterizedTest
    @EnumSource
    void customersWhoAreReadInPartFailNoTransaction(TestDatabase database) throws SQLException {
        DataSource pool = database.empty();
        AtomicCapture capture = capture(pool);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            capture.capture(connection, List.of(partial("7"), partial("8")));
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(new JdbcTemplate(pool)
                        .queryForList("SELECT customer_id FROM yotpo_customer_sync ORDER BY 1", String.class))
                .containsExactly("7", "8");
    }

    @ParameterizedTest
    @EnumSource
    void norDoesAWriteThatFailsBehindThem(TestDatabase database) throws SQLException {
        DataSource pool = database.empty();
        AtomicCapture capture = capture(pool);
        new JdbcTemplate(pool).execute("ALTER TABLE yotpo_customer_sync RENAME TO yotpo_gone");
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Captured captured = capture.capture(connection, List.of(partial("7")));
            connection.commit();
            connection.setAutoCommit(true);

            assertThat(captured.isWritten()).isFalse();
        } finally {
            new JdbcTemplate(pool).execute("ALTER TABLE yotpo_gone RENAME TO yotpo_customer_sync");
        }
    }

    private static AtomicCapture capture(DataSource pool) {
        Stores stores = new Stores(List.of(Samples.store("default")));
        RecordingListener listener = new RecordingListener();
        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker()),
                new RecordingHandOver(),
                listener);
        return new AtomicCapture(
                sync,
                new Rereads(),
                JdbcStorage.open(pool, OutboxTables.standard()).atomicWriter(),
                new AtomicCapture.Reactions(state -> {}, listener),
                Samples.CLOCK);
    }
}
