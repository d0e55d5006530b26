package io.yotposync.jdbc;

import io.yotposync.operator.AuditEntry;
import io.yotposync.operator.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** What operators did, as a table. */
final class JdbcAuditLog implements AuditLog {

    private static final String COLUMNS = "acted_at, actor, act, store_id, customer_id, reason, outcome";

    private final Transactions transactions;
    private final String table;

    JdbcAuditLog(Transactions transactions, OutboxTables tables) {
        this.transactions = transactions;
        this.table = tables.audit();
    }

    boolean isThere() {
        try {
            newest(1);
            transactions.run(() -> {
                jdbc().update("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
                jdbc().update("DELETE FROM " + table + " WHERE 1 = 0");
            });
            return true;
        } catch (DataAccessResourceFailureException unreachable) {
            throw unreachable;
        } catch (DataAccessException missing) {
            return Transactions.isLocked(missing); // for a while: it is there
        }
    }

    @Override
    public void add(AuditEntry entry) {
        transactions.run(() -> jdbc().update(
                        "INSERT INTO " + table + " (" + COLUMNS + ", entry_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        entry.at().toEpochMilli(),
                        entry.who(),
                        entry.action(),
                        entry.store(),
                        entry.customer(),
                        entry.reason(),
                        entry.outcome(),
                        UUID.randomUUID().toString()));
    }

    @Override
    public List<AuditEntry> newest(int limit) {
        PreparedStatementCreator select = connection -> {
            var statement = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM " + table + " ORDER BY acted_at DESC, entry_id DESC");
            statement.setMaxRows(limit);
            return statement;
        };
        return transactions.call(() -> jdbc().query(select, (row, n) -> entry(row)));
    }

    @Override
    public int forget(Instant before) {
        return transactions.call(
                () -> jdbc().update("DELETE FROM " + table + " WHERE acted_at < ?", before.toEpochMilli()));
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

    private JdbcOperations jdbc() {
        return transactions.jdbc().getJdbcOperations();
    }
}
