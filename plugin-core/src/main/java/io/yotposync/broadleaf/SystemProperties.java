package io.yotposync.broadleaf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people set in Broadleaf's administration, from its table, which has the same name and columns in 3.1, 6.2 and 7.0.
 * Broadleaf's own service is no use here: it keeps a value for ever on every node but the one that changed it, and falls
 * back to the files. Each call takes one connection for one short read-only transaction of its own. Thread-safe.
 */
public final class SystemProperties {

    /** How Broadleaf writes a value that is meant to be empty. */
    private static final String BLANK = "_blank_";

    private static final int SECONDS_A_TRANSACTION = 10;

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String query;

    /**
     * @param dataSource the host's, of the database that has Broadleaf's tables
     * @param schema to qualify the table with, {@code null} for the connection's own
     */
    public SystemProperties(DataSource dataSource, @Nullable String schema) {
        // A data source that nobody else knows: no transaction of the host's can be tied to it.
        DataSource own = new DelegatingDataSource(dataSource);
        jdbc = new NamedParameterJdbcTemplate(own);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(own));
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setReadOnly(true);
        transaction.setTimeout(SECONDS_A_TRANSACTION);
        query = "SELECT PROPERTY_NAME, PROPERTY_VALUE FROM "
                + (schema == null || schema.isBlank() ? "" : schema + ".")
                + "BLC_SYSTEM_PROPERTY WHERE PROPERTY_NAME IN (:names)";
    }

    /**
     * The switches among these properties that are set. Where one is set more than once, for several sites, {@code false}
     * counts.
     *
     * @return {@code true} or {@code false} by name; whatever else somebody wrote is left out
     * @throws org.springframework.dao.DataAccessException if the table cannot be read
     */
    public Map<String, Boolean> switches(Collection<String> names) {
        Map<String, Boolean> found = new HashMap<>();
        if (names.isEmpty()) {
            return found;
        }
        RowCallbackHandler rows = row -> read(row, found);
        transaction.executeWithoutResult(status -> jdbc.query(query, Map.of("names", names), rows));
        return found;
    }

    private static void read(ResultSet row, Map<String, Boolean> found) throws SQLException {
        String value = Objects.requireNonNullElse(row.getString(2), BLANK).strip();
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            found.merge(row.getString(1), Boolean.valueOf(value), Boolean::logicalAnd);
        }
    }
}
