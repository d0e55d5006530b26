package io.yotposync.autoconfigure.capture;

import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.Captured;
import io.yotposync.customer.CustomerSnapshot;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes customers in the thread's transaction, if that is one of the outbox's own database. */
final class CaptureOfEvents {

    private final AtomicCapture capture;
    private final DataSource dataSource;

    CaptureOfEvents(AtomicCapture capture, DataSource dataSource) {
        this.capture = capture;
        this.dataSource = target(dataSource);
    }

    /** Transactions are known by the real one. */
    private static DataSource target(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : target(target);
    }

    /** Returns {@code null} if the transaction is another's. */
    @Nullable
    Captured beforeCommit(List<CustomerSnapshot> customers) {
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            return null;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return capture.capture(connection, () -> customers);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
