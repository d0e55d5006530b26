package io.yotposync.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.payload.Contact;
import java.time.Instant;
import java.util.List;
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
                statement -> new Columns<>(statement, states)
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
}
