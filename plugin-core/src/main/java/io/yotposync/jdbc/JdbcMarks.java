package io.yotposync.jdbc;

import static java.util.stream.Collectors.joining;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What scans ask and take back, many rows at a time. */
final class JdbcMarks {

    private final NamedParameterJdbcTemplate jdbc;
    private final String marks;
    private final String backlog;
    private final String distrust;
    private final String forget;

    JdbcMarks(NamedParameterJdbcTemplate jdbc, OutboxTables tables, Dialect dialect) {
        this.jdbc = jdbc;
        String table = tables.customerSync();
        // What was refused at the first try is not there; attempts are counted anew when a row is due again.
        String tried = "CASE WHEN c.lease_token IS NOT NULL OR c.attempts > CASE WHEN c.status = 'D' THEN 1 ELSE 0 END"
                + " OR (c.status = 'P' AND c.failure_kind IN (" + uncertain() + ")) THEN 1 ELSE 0 END";
        String one = " WHERE store_id = :store AND customer_id = :customer";
        marks = "SELECT store_id, customer_id, status, desired_fp, acked_fp, acked_fields, source_ver, updated_at,"
                + " acked_at, " + tried + " AS tried, " + new Rivals(tables).superseded() + " AS superseded"
                + " FROM " + table + " c WHERE store_id IN (:stores) AND customer_id IN (:customers)";
        backlog = "SELECT COUNT(*) FROM (SELECT customer_id FROM " + table + " WHERE store_id = :store AND status = 'P'"
                + dialect.first(":max") + ") pending";
        distrust = "UPDATE " + table + " SET acked_fp = NULL, desired_fp = :unknown, updated_at = :now" + one
                + " AND lease_token IS NULL AND status = 'S'";
        forget = "DELETE FROM " + table + one + " AND lease_until <= :since AND updated_at <= :since";
    }

    private static String uncertain() {
        return Stream.of(FailureClass.values())
                .filter(FailureClass::mayHaveArrived)
                .map(kind -> "'" + kind + "'")
                .collect(joining(", "));
    }

    Map<CustomerKey, LedgerMark> of(Collection<CustomerKey> keys) {
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue("stores", Keys.stores(keys, key -> key))
                .addValue("customers", Keys.customers(keys, key -> key));
        Set<CustomerKey> wanted = new HashSet<>(keys);
        Map<CustomerKey, LedgerMark> found = new HashMap<>();
        jdbc.query(marks, parameters, row -> {
            CustomerKey key = Keys.of(row);
            if (wanted.contains(key)) {
                found.put(key, mark(row));
            }
        });
        return found;
    }

    private static LedgerMark mark(ResultSet row) throws SQLException {
        String acknowledged = row.getString("acked_fp");
        return new LedgerMark(
                Codes.status(row.getString("status")),
                new Fingerprint(row.getString("desired_fp")),
                acknowledged == null ? null : new Fingerprint(acknowledged),
                row.getString("acked_fields"),
                row.getLong("source_ver"),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                Codes.instant((Number) row.getObject("acked_at")),
                row.getInt("tried") == 1,
                row.getInt("superseded") == 1);
    }

    int backlog(StoreKey store, int atMost) {
        Integer count = jdbc.queryForObject(backlog, Map.of("store", store.value(), "max", atMost), Integer.class);
        return count == null ? 0 : count;
    }

    void distrust(Collection<CustomerKey> keys, Instant now) {
        jdbc.batchUpdate(
                distrust, parameters(keys, "now", now.toEpochMilli(), Map.of("unknown", Fingerprint.UNKNOWN.value())));
    }

    void forget(Collection<CustomerKey> keys, Instant unchangedSince) {
        jdbc.batchUpdate(forget, parameters(keys, "since", unchangedSince.toEpochMilli(), Map.of()));
    }

    /** In one order on all nodes, as everything that locks several rows. */
    private static MapSqlParameterSource[] parameters(
            Collection<CustomerKey> keys, String moment, long millis, Map<String, ?> others) {
        return keys.stream()
                .sorted()
                .map(key -> new MapSqlParameterSource(others)
                        .addValue("store", key.store().value())
                        .addValue("customer", key.customerId())
                        .addValue(moment, millis))
                .toArray(MapSqlParameterSource[]::new);
    }
}
