package io.yotposync.outbox.jdbc;

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
        try (PreparedStatement statement = prepare(connection, parameters)) {
            statement.executeUpdate();
        }
    }

    boolean finds(Connection connection, SqlParameterSource parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // by both callers
    private PreparedStatement prepare(Connection connection, SqlParameterSource parameters) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(NamedParameterUtils.substituteNamedParameters(parsed, parameters));
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            int[] types = NamedParameterUtils.buildSqlTypeArray(parsed, parameters);
            Object[] values = NamedParameterUtils.buildValueArray(parsed, parameters, null);
            for (int i = 0; i < values.length; i++) {
                StatementCreatorUtils.setParameterValue(statement, i + 1, types[i], values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException fault) {
            statement.close();
            throw fault;
        }
    }
}
