package io.yotposync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which database a connection leads to, to be compared and never shown: an address may carry a password. */
record DatabasePlace(
        String address, @Nullable String catalog, @Nullable String schema) {

    static DatabasePlace of(Connection connection) throws SQLException {
        String url = String.valueOf(connection.getMetaData().getURL());
        return new DatabasePlace(url.split("[?;]", 2)[0], connection.getCatalog(), connection.getSchema());
    }

    @Override
    public String toString() {
        return "DatabasePlace";
    }
}
