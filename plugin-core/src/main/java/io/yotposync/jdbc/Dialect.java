package io.yotposync.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.support.JdbcUtils;

/** The databases that the outbox's contract is tested on. */
enum Dialect {
    H2,
    HSQLDB,
    POSTGRESQL,
    MARIADB,
    MYSQL;

    /** Asks the database which it is. */
    static Dialect of(DataSource dataSource) {
        Transactions plain = Transactions.plain(dataSource);
        ConnectionCallback<Dialect> ask = connection -> {
            DatabaseMetaData about = connection.getMetaData();
            return of(
                    String.valueOf(JdbcUtils.commonDatabaseName(about.getDatabaseProductName())),
                    String.valueOf(about.getDatabaseProductVersion()));
        };
        return Objects.requireNonNull(
                plain.call(() -> plain.jdbc().getJdbcOperations().execute(ask)));
    }

    /** @param version in the product's words; MySQL's driver calls a MariaDB "MySQL", and only here does it say so */
    static Dialect of(String productName, String version) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (version.toLowerCase(Locale.ROOT).contains(MARIADB.id())) {
            return MARIADB;
        }
        if (name.startsWith("hsql")) {
            return HSQLDB;
        }
        for (Dialect dialect : values()) {
            if (name.startsWith(dialect.id())) {
                return dialect;
            }
        }
        throw new IllegalStateException("The outbox does not know the database " + productName
                + ". Set yotpo.sync.outbox.type=memory, or give it another DataSource.");
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script() {
        return "classpath:db/yotpo/" + id() + "/schema.sql";
    }

    /** Whether there are statements for it alone, which upsert, claim and acknowledge many rows at once. */
    boolean hasNativeStatements() {
        return this == POSTGRESQL;
    }

    /** Their default, repeatable read, takes gap locks: two nodes that insert side by side would deadlock. */
    boolean needsReadCommitted() {
        return this == MARIADB || this == MYSQL;
    }

    /**
     * The first rows only, as many as the parameter or number says. Not every mode of H2 knows LIMIT, and MySQL knows
     * nothing else.
     */
    String first(String rows) {
        return this == H2 ? " FETCH FIRST " + rows + " ROWS ONLY" : " LIMIT " + rows;
    }

    /** Whether a column's text is told apart by case; taken for granted where only its definition says otherwise. */
    boolean tellsCase(ResultSetMetaData columns, int column) throws SQLException {
        return switch (this) {
            case H2 -> !columns.getColumnTypeName(column).equals("VARCHAR_IGNORECASE");
            case HSQLDB -> columns.isCaseSensitive(column);
            default -> true;
        };
    }

    /**
     * What to say first in a transaction, lest it wait for a row for ever: another node may have been frozen in the middle
     * of its own. MySQL gives up by itself after 50 seconds, H2 after a second or two, HSQLDB never.
     */
    @Nullable
    String beforeAll() {
        return this == POSTGRESQL ? "SET LOCAL lock_timeout = '2s'" : null;
    }

    /**
     * Behind a table's name, to look rows up by their keys: for many keys of a small store they would rather read, and lock,
     * all rows of it.
     */
    String byKey() {
        return this == MARIADB || this == MYSQL ? " FORCE INDEX (PRIMARY)" : "";
    }

    /** Whether FOR UPDATE locks; HSQLDB takes it for something that is said to the driver. */
    boolean queriesLock() {
        return this != HSQLDB;
    }
}
