package io.yotposync.jdbc;

import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.StoreStates;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The outbox in a database, and beside it what else all nodes share, stores' and scans' states and the audit log: H2, HSQLDB, PostgreSQL, MariaDB or MySQL.
 *
 * <p>All that comes from here is thread-safe, shared by every node that uses the same tables, and needs no more than
 * SELECT, INSERT, UPDATE and DELETE on them. Every call takes one connection of the given {@code DataSource} for one
 * short transaction and commits it, also on a thread that has a transaction of the host: it neither joins that nor sees
 * it. Calling from such a thread therefore needs a second connection of the pool while the first is held; do not.
 */
public final class JdbcStorage {

    private final DataSource dataSource;
    private final Transactions transactions;
    private final OutboxTables tables;
    private final Dialect dialect;
    private final FieldDigest fields;
    private final UpsertSql sql;

    private JdbcStorage(
            DataSource dataSource,
            Transactions transactions,
            OutboxTables tables,
            Dialect dialect,
            FieldDigest fields,
            boolean keepPayloads) {
        this.sql = new UpsertSql(tables, dialect, keepPayloads);
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.tables = tables;
        this.dialect = dialect;
        this.fields = fields;
    }

    /**
     * Looks which database it is and whether all tables have all columns.
     *
     * @throws MissingTableException if one is not as the script creates it
     * @throws IllegalStateException if the database is not one of the above, or takes an empty text for none or upper
     *     for lower case
     * @throws org.springframework.transaction.CannotCreateTransactionException if the database cannot be reached
     */
    public static JdbcStorage open(DataSource dataSource, OutboxTables tables) {
        return open(dataSource, tables, FieldDigest.none());
    }

    /** The same, with an outbox that remembers what fields were acknowledged. */
    public static JdbcStorage open(DataSource dataSource, OutboxTables tables, FieldDigest fields) {
        Dialect dialect = dialect(dataSource);
        Transactions transactions = Transactions.on(dataSource, dialect);
        JdbcStorage storage = new JdbcStorage(dataSource, transactions, tables, dialect, fields, true);
        storage.probe(tables.customerSync(), JdbcRows.COLUMNS);
        storage.probe(tables.storeState(), JdbcStoreStates.COLUMNS);
        storage.probe(tables.scanState(), JdbcScanStates.COLUMNS);
        Stream.of(tables.customerSync(), tables.storeState(), tables.scanState())
                .forEach(storage::probeWriting);
        storage.refuseInexactText();
        return storage;
    }

    static Dialect dialect(DataSource dataSource) {
        Transactions plain = Transactions.plain(dataSource);
        ConnectionCallback<Dialect> ask = connection -> {
            DatabaseMetaData about = connection.getMetaData();
            return Dialect.of(
                    String.valueOf(JdbcUtils.commonDatabaseName(about.getDatabaseProductName())),
                    String.valueOf(about.getDatabaseProductVersion()));
        };
        return Objects.requireNonNull(
                plain.call(() -> plain.jdbc().getJdbcOperations().execute(ask)));
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
        Transactions patient = Transactions.plain(dataSource);
        patient.run(() -> patient.jdbc().getJdbcOperations().query(select, row -> {}));
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
        return Boolean.TRUE.equals(
                transactions.call(() -> transactions.jdbc().getJdbcOperations().query(select, answer)));
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

    /** The same without payloads in its rows: whoever sends a customer has to read it anew. */
    public JdbcStorage withoutPayloads() {
        return new JdbcStorage(dataSource, transactions, tables, dialect, fields, false);
    }

    /** The ledger. */
    public Outbox outbox() {
        return outbox(dialect.hasNativeStatements());
    }

    /** The ledger by portable SQL alone, to prove it where a native upsert is the rule. */
    Outbox portableOutbox() {
        return outbox(false);
    }

    private Outbox outbox(boolean natively) {
        Wording wording = new Wording(dialect, natively, skipsLocked());
        return new JdbcOutbox(transactions, tables, sql, wording, fields);
    }

    /** As the database says by itself: a version would have to be known of every fork, and not every driver tells it. */
    private boolean skipsLocked() {
        try {
            patiently(Wording.skippingLocked(tables));
            return true;
        } catch (BadSqlGrammarException unknown) {
            return false;
        }
    }

    /** The stores' states; empty until the first {@link StoreStates#refresh()}. */
    public StoreStates storeStates() {
        return new JdbcStoreStates(transactions, tables);
    }

    /** Where scans stand. */
    public ScanStates scanStates() {
        return new JdbcScanStates(transactions, tables);
    }

    /** What operators did; empty if there is no such table, as before 0.1.0, or it cannot be read and written. */
    public Optional<AuditLog> auditLog() {
        JdbcAuditLog log = new JdbcAuditLog(transactions, tables);
        return log.isThere() ? Optional.of(log) : Optional.empty();
    }

    /** Writes to the ledger within transactions of the host's. */
    public AtomicWriter atomicWriter() {
        return atomicWriter(dialect.hasNativeStatements());
    }

    /** By portable SQL alone if not natively. */
    AtomicWriter atomicWriter(boolean natively) {
        ConnectionCallback<DatabasePlace> place = DatabasePlace::of;
        DatabasePlace ours = transactions.call(() ->
                Objects.requireNonNull(transactions.jdbc().getJdbcOperations().execute(place)));
        return new AtomicWriter(dataSource, ours, tables, sql, dialect, natively);
    }
}
