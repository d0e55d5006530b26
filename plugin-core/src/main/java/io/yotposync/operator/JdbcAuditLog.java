package io.yotposync.operator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** By plain JDBC: two statements need no more. */
final class JdbcAuditLog implements AuditLog {

    private static final String COLUMNS = "acted_at, actor, act, store_id, customer_id, reason, outcome";

    private final DataSource dataSource;
    private final String insert;
    private final String select;
    private final String delete;

    JdbcAuditLog(DataSource dataSource, String table) {
        this.dataSource = dataSource;
        insert = "INSERT INTO " + table + " (" + COLUMNS + ", entry_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        delete = "DELETE FROM " + table + " WHERE acted_at < ?";
        select = "SELECT " + COLUMNS + " FROM " + table + " ORDER BY acted_at DESC, entry_id DESC";
    }

    boolean isThere() {
        try {
            return newest(1).size() <= 1;
        } catch (IllegalStateException missing) {
            return false;
        }
    }

    @Override
    public void add(AuditEntry entry) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, entry.at().toEpochMilli());
            statement.setString(2, entry.who());
            statement.setString(3, entry.action());
            statement.setString(4, entry.store());
            statement.setString(5, entry.customer());
            statement.setString(6, entry.reason());
            statement.setString(7, entry.outcome());
            statement.setString(8, UUID.randomUUID().toString());
            statement.executeUpdate();
            commit(connection);
        } catch (SQLException fault) {
            throw new IllegalStateException("the audit table cannot be written", fault);
        }
    }

    @Override
    public List<AuditEntry> newest(int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setMaxRows(limit);
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            commit(connection);
            return entries;
        } catch (SQLException fault) {
            throw new IllegalStateException("the audit table cannot be read", fault);
        }
    }

    @Override
    public int forget(Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setLong(1, before.toEpochMilli());
            int forgotten = statement.executeUpdate();
            commit(connection);
            return forgotten;
        } catch (SQLException fault) {
            throw new IllegalStateException("the audit table cannot be pruned", fault);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }

    /** A pool with {@code autoCommit=false} would roll it back without a word. */
    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
