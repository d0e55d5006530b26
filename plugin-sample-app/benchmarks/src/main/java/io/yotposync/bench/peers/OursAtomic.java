package io.yotposync.bench.peers;

import io.yotposync.bench.Plugin;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.Captured;
import io.yotposync.capture.SavedCustomer;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.observe.SyncListener;
import io.yotposync.source.Rereads;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The plugin's row in the host's transaction, written as atomic capture does at its end. */
final class OursAtomic implements Peer {

    private final Plugin plugin;
    private final DataSource pool;
    private final CustomerReader reader;
    private final AtomicCapture capture;

    OursAtomic(Plugin plugin, DataSource pool) {
        this.plugin = plugin;
        this.pool = pool;
        reader = plugin.reader();
        Dispatcher dispatcher = plugin.bean(Dispatcher.class);
        capture = new AtomicCapture(
                plugin.sync(),
                new Rereads(),
                JdbcStorage.open(pool, OutboxTables.standard()).atomicWriter(),
                new AtomicCapture.Reactions(
                        state -> dispatcher.wake(state.key().store(), state.notBefore()), new SyncListener() {}),
                Clock.systemUTC());
    }

    @Override
    public void saved(Customer customer) {
        Connection connection = DataSourceUtils.getConnection(pool);
        try {
            Captured captured = capture.capture(connection, List.of(SavedCustomer.of(reader.read(customer))));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    captured.committed();
                }
            });
        } finally {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }

    @Override
    public void close() {
        plugin.close();
    }
}
