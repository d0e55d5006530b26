package io.yotposync.outbox.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.payload.Contact;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
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
                        .number(state -> Codes.of(state.origin()))
                        .text(sql::payload)
                        .text(state -> state.fingerprint().value())
                        .number(Desired::sourceVersion)
                        .number(state -> state.notBefore().toEpochMilli())
                        .text(state -> contact(state.contact()))
                        .number(state ->
                                state.contact() != null && state.contact().alone() ? 1 : 0)
                        .forAll(now.toEpochMilli()));
    }

    private static @Nullable String contact(@Nullable Contact contact) {
        return contact == null ? null : contact.fingerprint().value();
    }

    /** Fills in one parameter after the other. The driver sends arrays of just these types in binary, others as text. */
    private static final class Columns {

        private final PreparedStatement statement;
        private final List<Desired> states;
        private int filled;

        Columns(PreparedStatement statement, List<Desired> states) {
            this.statement = statement;
            this.states = states;
        }

        Columns text(Function<Desired, @Nullable String> value) throws SQLException {
            return add("text", states.stream().map(value).toArray(String[]::new));
        }

        Columns number(ToLongFunction<Desired> value) throws SQLException {
            return add("int8", states.stream().mapToLong(value).boxed().toArray(Long[]::new));
        }

        private Columns add(String type, Object[] values) throws SQLException {
            statement.setArray(++filled, statement.getConnection().createArrayOf(type, values));
            return this;
        }

        void forAll(long value) throws SQLException {
            statement.setLong(++filled, value);
        }
    }
}
