package io.yotposync.broadleaf;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a table of Broadleaf's, each time over one connection in a short read-only transaction of its own, also on a thread
 * that has one of the host's. Thread-safe.
 */
final class OwnReads {

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String prefix;
    private volatile String table;

    /**
     * @param schema to qualify the table with, {@code null} for the connection's own
     * @param name in capitals, as Broadleaf writes it
     * @param atMost for one transaction
     */
    OwnReads(DataSource host, @Nullable String schema, String name, Duration atMost) {
        // A data source that nobody else knows: no transaction of the host's can be tied to it.
        DataSource own = new DelegatingDataSource(target(host));
        jdbc = new NamedParameterJdbcTemplate(own);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(own));
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setReadOnly(true);
        transaction.setTimeout((int) atMost.toSeconds());
        prefix = schema == null || schema.isBlank() ? "" : schema + ".";
        table = name;
    }

    private static DataSource target(DataSource host) {
        DataSource target = host instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? host : target(target);
    }

    /**
     * MySQL tells names of tables apart by case, and Spring Boot has Hibernate write them small: a host may have either.
     *
     * @param query is given the table's name, ready for SQL; maybe called twice
     */
    <T> T read(BiFunction<NamedParameterJdbcTemplate, String, T> query) {
        String known = table;
        try {
            return read(known, query);
        } catch (BadSqlGrammarException unknown) {
            String other = known.toLowerCase(Locale.ROOT);
            if (other.equals(known)) {
                throw unknown;
            }
            try {
                T found = read(other, query);
                table = other;
                return found;
            } catch (DataAccessException neither) {
                unknown.addSuppressed(neither);
                throw unknown;
            }
        }
    }

    @SuppressWarnings("NullAway") // the template declares null for callbacks that return it
    private <T> T read(String name, BiFunction<NamedParameterJdbcTemplate, String, T> query) {
        return transaction.execute(status -> query.apply(jdbc, prefix + name));
    }
}
