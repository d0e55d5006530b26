package io.yotposync.autoconfigure.capture;

import io.yotposync.capture.AtomicCapture;
import io.yotposync.capture.Captured;
import io.yotposync.capture.LastFlush;
import io.yotposync.capture.SavedCustomer;
import io.yotposync.customer.CustomerSnapshot;
import java.sql.Connection;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes customers in the thread's transaction, if that is one of the outbox's own database. */
final class CaptureOfEvents {

    private final AtomicCapture capture;
    private final DataSource dataSource;
    private final BooleanSupplier jta;
    private final LastFlush lastFlush = new LastFlush();

    /**
     * @param dataSource the real one, by which transactions are known
     * @param jta whether the host's transactions are JTA's
     */
    CaptureOfEvents(AtomicCapture capture, DataSource dataSource, BooleanSupplier jta) {
        this.capture = capture;
        this.dataSource = dataSource;
        this.jta = jta;
    }

    /** Has it written when the host has written all it has to; not at all if the transaction is another's. */
    void beforeCommit(Runnable write) {
        ConnectionHolder ours = ours();
        if (ours != null && !lastFlush.then(EndingTransaction.resources().values(), ours.getConnection(), write)) {
            write.run();
        }
    }

    /**
     * The same for what is said in the middle of a flush: that may be the commit's, after which nobody is asked any more.
     *
     * @return whether there is such a flush
     */
    boolean inFlush(Runnable write) {
        ConnectionHolder ours = ours();
        return ours != null
                && lastFlush.thenIfFlushing(EndingTransaction.resources().values(), ours.getConnection(), write);
    }

    private @Nullable ConnectionHolder ours() {
        return TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                        && EndingTransaction.isOf(holder, jta)
                ? holder
                : null;
    }

    Captured write(List<CustomerSnapshot> customers) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return capture.capture(
                    connection, customers.stream().map(SavedCustomer::of).toList());
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
