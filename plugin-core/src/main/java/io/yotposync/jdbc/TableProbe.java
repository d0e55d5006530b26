package io.yotposync.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Asks the database, before the outbox is in it, whether its tables are as they have to be and what it understands. */
final class TableProbe {

    private final DataSource dataSource;
    private final Transactions transactions;
    private final OutboxTables tables;
    private final Dialect dialect;

    TableProbe(DataSource dataSource, Transactions transactions, OutboxTables tables, Dialect dialect) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.tables = tables;
        this.dialect = dialect;
    }

    /** Throws as {@link JdbcStorage#open} says. */
    void check() {
        probe(tables.customerSync(), JdbcRows.COLUMNS);
        probe(tables.storeState(), JdbcStoreStates.COLUMNS);
        probe(tables.scanState(), JdbcScanStates.COLUMNS);
        Stream.of(tables.customerSync(), tables.storeState(), tables.scanState())
                .forEach(this::probeWriting);
        refuseInexactText();
    }

    private void probe(String table, String columns) {
        try {
            patiently("SELECT " + columns + " FROM " + table + " WHERE 1 = 0");
        } catch (DataAccessResourceFailureException e) {
            throw e;
        } catch (NonTransientDataAccessException e) {
            throw new MissingTableException(table, dialect.script(), lacking(table, columns), e);
        }
    }

    private void patiently(String select) {
        patiently(select, rows -> true);
    }

    /** A table that is altered at this moment is one in a moment: what gave up would leave the outbox in memory. */
    private <T> @Nullable T patiently(String select, ResultSetExtractor<T> answer) {
        Transactions patient = Transactions.plain(dataSource);
        return patient.call(() -> patient.jdbc().getJdbcOperations().query(select, answer));
    }

    /** Privileges are looked at though there is nothing to write. */
    private void probeWriting(String table) {
        try {
            transactions.run(() -> {
                JdbcOperations jdbc = transactions.jdbc().getJdbcOperations();
                jdbc.update("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
                jdbc.update("UPDATE " + table + " SET store_id = store_id WHERE 1 = 0");
                jdbc.update("DELETE FROM " + table + " WHERE 1 = 0");
            });
        } catch (DataAccessResourceFailureException e) {
            throw e;
        } catch (DataAccessException e) {
            if (Transactions.isLocked(e)) {
                return; // an index that is being made, or the like: whoever may not write is told at once
            }
            throw new IllegalStateException(
                    "The outbox cannot write to its table " + table
                            + ". Grant SELECT, INSERT, UPDATE and DELETE on it, or give it a DataSource that writes.",
                    e);
        }
    }

    private void refuseInexactText() {
        String none = " FROM " + tables.customerSync() + " WHERE 1 = 0";
        if (!isTrue("SELECT COUNT(*)" + none + " HAVING '' = ''", ResultSet::next)) {
            throw inexact("takes an empty text for none, as H2 does with MODE=Oracle");
        }
        if (!isTrue("SELECT customer_id" + none, rows -> dialect.tellsCase(rows.getMetaData(), 1))) {
            throw inexact("takes customer aB for customer Ab, as H2 does with IGNORECASE=TRUE");
        }
    }

    private boolean isTrue(String select, ResultSetExtractor<Boolean> answer) {
        return Boolean.TRUE.equals(patiently(select, answer));
    }

    private static IllegalStateException inexact(String what) {
        return new IllegalStateException("The outbox cannot be in a database that " + what
                + ". Create its tables in one without that, or give it another DataSource.");
    }

    /** Empty as well where the table cannot be read at all. */
    private List<String> lacking(String table, String columns) {
        ResultSetExtractor<List<String>> names = rows -> {
            ResultSetMetaData found = rows.getMetaData();
            List<String> lacking = new ArrayList<>(List.of(columns.split(",\\s*")));
            for (int column = 1; column <= found.getColumnCount(); column++) {
                lacking.remove(found.getColumnName(column).toLowerCase(Locale.ROOT));
            }
            return lacking;
        };
        try {
            List<String> lacking = transactions.call(() ->
                    transactions.jdbc().getJdbcOperations().query("SELECT * FROM " + table + " WHERE 1 = 0", names));
            return lacking == null ? List.of() : lacking;
        } catch (DataAccessException unreadable) {
            return List.of();
        }
    }

    /** As the database says by itself: a version would have to be known of every fork, and not every driver tells it. */
    boolean skipsLocked() {
        try {
            patiently(Wording.skippingLocked(tables));
            return true;
        } catch (BadSqlGrammarException unknown) {
            return false;
        }
    }
}
