package io.yotposync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * A statement with named parameters for a connection that somebody else holds. A template would register the connection
 * with the host's transaction, which is already ending.
 */
final class NamedStatement {

    /** No wait for a lock may hold up a save for longer. */
    private static final int TIMEOUT_SECONDS = 2;

    private final ParsedSql parsed;

    NamedStatement(String sql) {
        parsed = NamedParameterUtils.parseSqlStatement(sql);
    }

    void update(Connection connection, SqlParameterSource parameters) throws SQLException {
        try (Limited limited = prepare(connection, parameters)) {
            limited.statement().executeUpdate();
        }
    }

    boolean finds(Connection connection, SqlParameterSource parameters) throws SQLException {
        try (Limited limited = prepare(connection, parameters);
                ResultSet rows = limited.statement().executeQuery()) {
            return rows.next();
        }
    }

    /** @param former limit in seconds; H2 has one for the whole connection, which the host goes on with */
    private record Limited(PreparedStatement statement, int former) implements AutoCloseable {

        static Limited of(PreparedStatement statement) throws SQLException {
            Limited limited = new Limited(statement, statement.getQueryTimeout());
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return limited;
        }

        @Override
        public void close() throws SQLException {
            try (statement) {
                statement.setQueryTimeout(former);
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // by both callers
    private Limited prepare(Connection connection, SqlParameterSource parameters) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(NamedParameterUtils.substituteNamedParameters(parsed, parameters));
        try {
            int[] types = NamedParameterUtils.buildSqlTypeArray(parsed, parameters);
            Object[] values = NamedParameterUtils.buildValueArray(parsed, parameters, null);
            for (int i = 0; i < values.length; i++) {
                StatementCreatorUtils.setParameterValue(statement, i + 1, types[i], values[i]);
            }
            return Limited.of(statement);
        } catch (SQLException | RuntimeException fault) {
            statement.close();
            throw fault;
        }
    }
}
