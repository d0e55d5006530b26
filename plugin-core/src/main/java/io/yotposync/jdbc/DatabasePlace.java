package io.yotposync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which database a connection leads to, to be compared and never shown: an address may carry a password. */
record DatabasePlace(
        String address, @Nullable String catalog, @Nullable String schema) {

    static DatabasePlace of(Connection connection) throws SQLException {
        return new DatabasePlace(address(connection), connection.getCatalog(), connection.getSchema());
    }

    private static String address(Connection connection) throws SQLException {
        String url = String.valueOf(connection.getMetaData().getURL());
        return before(';', before('?', url));
    }

    /** Without a pattern, which each of the host's transactions would pay for. */
    private static String before(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** By what drivers know themselves: of the schema some would ask the database, in each of the host's transactions. */
    boolean isInDatabaseOf(Connection connection) throws SQLException {
        return address.equals(address(connection)) && Objects.equals(catalog, connection.getCatalog());
    }

    @Override
    public String toString() {
        return "DatabasePlace";
    }
}
