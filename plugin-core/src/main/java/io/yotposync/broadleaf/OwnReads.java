package io.yotposync.broadleaf;

import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads Broadleaf's tables, each time over one connection in a short read-only transaction of its own, also on a thread
 * that has one of the host's. Thread-safe.
 */
final class OwnReads {

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String prefix;

    /**
     * @param schema to qualify tables with, {@code null} for the connection's own
     * @param atMost for one transaction
     */
    OwnReads(DataSource host, @Nullable String schema, Duration atMost) {
        // A data source that nobody else knows: no transaction of the host's can be tied to it.
        DataSource own = new DelegatingDataSource(target(host));
        jdbc = new NamedParameterJdbcTemplate(own);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(own));
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setReadOnly(true);
        transaction.setTimeout((int) atMost.toSeconds());
        prefix = schema == null || schema.isBlank() ? "" : schema + ".";
    }

    private static DataSource target(DataSource host) {
        DataSource target = host instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? host : target(target);
    }

    /** The table's name, ready for SQL. */
    String table(String name) {
        return prefix + name;
    }

    @SuppressWarnings("NullAway") // the template declares null for callbacks that return it
    <T> T read(Function<NamedParameterJdbcTemplate, T> query) {
        return transaction.execute(status -> query.apply(jdbc));
    }
}
