package io.yotposync.outbox.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.payload.Contact;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A whole batch as one statement, for PostgreSQL: columns come as arrays and are turned into rows there. A batch of
 * single statements costs both sides several times as much.
 */
final class ColumnarUpsert {

    private final JdbcOperations jdbc;
    private final UpsertSql sql;

    ColumnarUpsert(JdbcOperations jdbc, UpsertSql sql) {
        this.jdbc = jdbc;
        this.sql = sql;
    }

    /** @param states at most one per key, in the order in which their rows are to be locked */
    void write(List<Desired> states, Instant now) {
        jdbc.update(
                sql.upsertColumns(),
                statement -> new Columns(statement, states)
                        .text(state -> state.key().store().value())
                        .text(state -> state.key().customerId())
                        .number("int4", state -> Codes.of(state.origin()))
                        .text(sql::payload)
                        .text(state -> state.fingerprint().value())
                        .number("int8", Desired::sourceVersion)
                        .number("int8", state -> state.notBefore().toEpochMilli())
                        .text(state -> contact(state.contact()))
                        .number(
                                "int4",
                                state -> state.contact() != null
                                                && state.contact().alone()
                                        ? 1
                                        : 0)
                        .number("int8", state -> now.toEpochMilli()));
    }

    private static @Nullable String contact(@Nullable Contact contact) {
        return contact == null ? null : contact.fingerprint().value();
    }

    /** Fills in one parameter after the other. */
    private static final class Columns {

        private final PreparedStatement statement;
        private final List<Desired> states;
        private int filled;

        Columns(PreparedStatement statement, List<Desired> states) {
            this.statement = statement;
            this.states = states;
        }

        Columns text(Function<Desired, @Nullable String> value) throws SQLException {
            return add("text", value);
        }

        Columns number(String type, Function<Desired, Number> value) throws SQLException {
            return add(type, value);
        }

        private Columns add(String type, Function<Desired, ?> value) throws SQLException {
            Array column = statement
                    .getConnection()
                    .createArrayOf(type, states.stream().map(value).toArray());
            statement.setArray(++filled, column);
            return this;
        }
    }
}
