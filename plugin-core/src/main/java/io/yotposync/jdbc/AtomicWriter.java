package io.yotposync.jdbc;

import io.yotposync.outbox.Desired;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.Collection;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Writes desired states over a connection of the host's, as part of its transaction: they are there when that commits,
 * and were never there if it rolls back. Thread-safe.
 */
public final class AtomicWriter {

    private static final String OTHER_DATABASE = "3D000";

    private final DataSource dataSource;
    private final DatabasePlace place;
    private final UpsertSql sql;
    private final boolean natively;
    private final boolean likeMySql;
    private final String probe;
    private final NamedStatement insert;
    private final NamedStatement upsert;
    private final NamedStatement update;
    private final NamedStatement known;

    AtomicWriter(
            DataSource dataSource,
            DatabasePlace place,
            OutboxTables tables,
            UpsertSql sql,
            Dialect dialect,
            boolean natively) {
        this.sql = sql;
        this.dataSource = dataSource;
        this.place = place;
        this.natively = natively;
        likeMySql = dialect.needsReadCommitted();
        String table = tables.customerSync();
        probe = "SELECT " + JdbcRows.COLUMNS + " FROM " + table + " WHERE 1 = 0";
        insert = new NamedStatement(sql.insert() + (likeMySql ? " ON DUPLICATE KEY UPDATE store_id = store_id" : ""));
        upsert = new NamedStatement(sql.upsert());
        update = new NamedStatement(sql.update());
        known = new NamedStatement(
                "SELECT customer_id FROM " + table + " WHERE store_id = :store AND customer_id = :customer");
    }

    /** Where the tables are, behind all proxies that know of transactions; a host's on the same one can take the rows in. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Tells whether rows written over a connection will be found by the outbox.
     *
     * @return {@code false} if the connection leads to another database, catalog or schema, or does not see the table
     * @throws SQLException if the database cannot be reached
     */
    public boolean reaches(Connection connection) throws SQLException {
        if (!place.equals(DatabasePlace.of(connection))) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(probe)) {
            return statement.execute();
        } catch (SQLException missing) {
            return false;
        }
    }

    /**
     * Writes, and neither commits nor rolls back.
     *
     * @param connection in a transaction; what fails leaves it to the caller, who must have set a savepoint
     * @param states at most one per key
     * @throws SQLException also if a {@code DataSource} that has several databases led to another than the outbox's,
     *     where nobody would find the rows
     */
    public void write(Connection connection, Collection<Desired> states, Instant now) throws SQLException {
        if (!states.isEmpty() && !place.isInDatabaseOf(connection)) {
            throw new SQLException("The transaction is in another database than the outbox", OTHER_DATABASE);
        }
        for (Desired state : UpsertSql.inOrder(states)) {
            write(connection, sql.parameters(state, now));
        }
    }

    private void write(Connection connection, SqlParameterSource row) throws SQLException {
        if (natively) {
            upsert.update(connection, row);
        } else if (likeMySql) {
            // In the host's isolation, an update that finds no row locks a gap, and an insert that finds one shares its
            // lock: either deadlocks with another transaction that does the same. This locks the row and nothing else.
            insert.update(connection, row);
            update.update(connection, row);
        } else if (known.finds(connection, row)) {
            update.update(connection, row);
        } else {
            insertOrUpdate(connection, row);
        }
    }

    private void insertOrUpdate(Connection connection, SqlParameterSource row) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            insert.update(connection, row);
        } catch (SQLException fault) {
            if (!isDuplicate(fault)) {
                throw fault;
            }
            connection.rollback(before);
            if (!known.finds(connection, row)) {
                // Newer than what the host's transaction sees: an update would find nothing, and not say so.
                throw fault;
            }
            update.update(connection, row);
        }
    }

    private static boolean isDuplicate(SQLException fault) {
        String state = fault.getSQLState();
        return state != null && state.startsWith("23");
    }
}
