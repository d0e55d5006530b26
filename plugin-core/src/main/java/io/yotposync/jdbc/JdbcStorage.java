package io.yotposync.jdbc;

import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.StoreStates;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The outbox in a database, and beside it what else all nodes share, stores' and scans' states and the audit log: H2,
 * HSQLDB, PostgreSQL, MariaDB or MySQL.
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
     * Looks which database it is and whether its tables, but for that of {@link #auditLog}, have all columns.
     *
     * @throws MissingTableException if one is not as the script creates it
     * @throws IllegalStateException if the database is not one of the above, does not let its tables be written, or takes
     *     an empty text for none or upper for lower case
     * @throws org.springframework.transaction.CannotCreateTransactionException if the database cannot be reached
     */
    public static JdbcStorage open(DataSource dataSource, OutboxTables tables) {
        return open(dataSource, tables, FieldDigest.none());
    }

    /** The same, with an outbox that remembers what fields were acknowledged. */
    public static JdbcStorage open(DataSource dataSource, OutboxTables tables, FieldDigest fields) {
        Dialect dialect = Dialect.of(dataSource);
        Transactions transactions = Transactions.on(dataSource, dialect);
        JdbcStorage storage = new JdbcStorage(dataSource, transactions, tables, dialect, fields, true);
        storage.probe().check();
        return storage;
    }

    private TableProbe probe() {
        return new TableProbe(dataSource, transactions, tables, dialect);
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
        Wording wording = new Wording(dialect, natively, probe().skipsLocked());
        return new JdbcOutbox(transactions, tables, sql, wording, fields);
    }

    /** The stores' states; as configured until the first {@link StoreStates#refresh()}. */
    public StoreStates storeStates() {
        return new JdbcStoreStates(transactions, tables);
    }

    /** Where scans stand. */
    public ScanStates scanStates() {
        return new JdbcScanStates(transactions, tables);
    }

    /** What operators did; empty if there is no such table, or it cannot be read and written. */
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
        return new AtomicWriter(Transactions.target(dataSource), ours, tables, sql, dialect, natively);
    }
}
