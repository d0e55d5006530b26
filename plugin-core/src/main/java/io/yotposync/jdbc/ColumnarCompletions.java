package io.yotposync.jdbc;

import io.yotposync.jdbc.JdbcCompletions.Held;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Ends of claims for PostgreSQL, many rows in a statement. Rows are looked up one after the other by their key, and then
 * found where they are: a planner whose statistics are missing or old, as after an upgrade, would read the whole store.
 */
final class ColumnarCompletions {

    private final JdbcOperations jdbc;
    private final String held;
    private final String acknowledge;

    /** @param acknowledge of a single row, by names of parameters */
    ColumnarCompletions(JdbcOperations jdbc, String table, String acknowledge) {
        this.jdbc = jdbc;
        // A query that locks is not merged into the one around it.
        held = "SELECT r.store_id, r.customer_id, r.lease_token, r.acked_fields, r.place, r.guest"
                + " FROM unnest(?::text[], ?::text[]) AS n (store, customer),"
                + " LATERAL (SELECT store_id, customer_id, lease_token, acked_fields, ctid AS place, "
                + CompletionSql.GUEST
                + " FROM " + table
                + " WHERE store_id = n.store AND customer_id = n.customer AND lease_token IS NOT NULL FOR UPDATE) AS r";
        this.acknowledge = acknowledge
                        .substring(0, acknowledge.indexOf(" WHERE "))
                        .replace(":now", "t.now")
                        .replaceAll(":(\\w+)", "n.$1")
                        .replaceFirst(" SET ", " AS o SET ")
                + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                + " AS n (place, token, fp, wanted, fields, note), (SELECT ?::bigint) AS t (now)"
                + " WHERE o.ctid = n.place::tid AND o.lease_token = n.token";
    }

    /** Locks the rows, in the order of upserts, or the two would deadlock. */
    Map<CustomerKey, Held> held(Collection<? extends Completion> completions) {
        List<CustomerKey> keys = completions.stream()
                .map(completion -> completion.claim().key())
                .sorted()
                .toList();
        Map<CustomerKey, Held> rows = new HashMap<>();
        jdbc.query(
                held,
                statement -> new Columns<>(statement, keys)
                        .text(key -> key.store().value())
                        .text(CustomerKey::customerId),
                row -> {
                    rows.put(Keys.of(row), JdbcCompletions.held(row, row.getString("place")));
                });
        return rows;
    }

    /** @param rows that are locked, those of the ends among them */
    void acknowledge(
            List<Acknowledged> ends,
            Map<CustomerKey, Held> rows,
            Function<Acknowledged, @Nullable String> note,
            Function<Acknowledged, @Nullable String> fields,
            Instant now) {
        jdbc.update(
                acknowledge,
                statement -> new Columns<>(statement, ends)
                        .text(end -> Objects.requireNonNull(rows.get(end.claim().key()))
                                .place())
                        .text(end -> end.claim().token())
                        .text(end -> end.claim().fingerprint().value())
                        .text(end -> end.claim().wanted().value())
                        .text(fields)
                        .text(note)
                        .forAll(now.toEpochMilli()));
    }
}
