package io.yotposync.jdbc;

import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Looks at rows, and makes them due again on an operator's wish. */
final class JdbcRows {

    static final String COLUMNS = "store_id, customer_id, status, origin, payload, desired_fp, acked_fp, acked_fields,"
            + " source_ver,"
            + " attempts, next_attempt_at, pending_since, lease_token, lease_until, failure_kind, failure_status,"
            + " failure_reason, note, contact_fp, contact_alone, former_contacts, created_at, updated_at, acked_at";

    private static final String VISIBLE = "SELECT store_id, customer_id, status, desired_fp, acked_fp, source_ver,"
            + " attempts, next_attempt_at, lease_token, lease_until, failure_kind, failure_status, failure_reason, note,"
            + " created_at, updated_at, acked_at, former_contacts FROM ";

    private final NamedParameterJdbcTemplate jdbc;
    private final String table;
    private final Dialect dialect;
    private final String requeue;
    private final String nextStore;

    JdbcRows(NamedParameterJdbcTemplate jdbc, OutboxTables tables, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
        table = tables.customerSync();
        nextStore = "SELECT store_id FROM " + table + " WHERE store_id > :store ORDER BY store_id, customer_id"
                + dialect.first("1");
        // The new status last: MySQL would see it in the case before it.
        requeue = "UPDATE " + table + " SET pending_since = CASE WHEN status = 'P' THEN pending_since ELSE :now END,"
                + " origin = CASE WHEN status = 'P' AND origin = 0 THEN 0 ELSE :origin END, attempts = 0,"
                + " next_attempt_at = :now, updated_at = :now, status = 'P'"
                + " WHERE store_id = :store AND customer_id = :customer AND status = :status AND payload IS NOT NULL";
    }

    Optional<LedgerRow> find(CustomerKey key) {
        return jdbc
                .query(
                        VISIBLE + table + " WHERE store_id = :store AND customer_id = :customer",
                        Map.of("store", key.store().value(), "customer", key.customerId()),
                        (row, n) -> visible(row))
                .stream()
                .findFirst();
    }

    List<LedgerRow> list(LedgerQuery query) {
        return byStore(query)
                .flatMap(each -> {
                    MapSqlParameterSource parameters = new MapSqlParameterSource();
                    String sql = VISIBLE + table + where(each, parameters) + page(each, parameters);
                    return jdbc.query(sql, parameters, (row, n) -> visible(row)).stream();
                })
                .limit(query.limit())
                .toList();
    }

    /** One customer in any store is looked up in one after the other: by the id alone, databases would read all keys. */
    private Stream<LedgerQuery> byStore(LedgerQuery query) {
        return query.customerId() == null || query.store() != null
                ? Stream.of(query)
                : Stream.iterate(storeBehind(""), Optional::isPresent, store -> storeBehind(store.get()))
                        .map(store -> query.withStore(new StoreKey(store.get())));
    }

    private Optional<String> storeBehind(String store) {
        return jdbc.queryForList(nextStore, Map.of("store", store), String.class).stream()
                .findFirst();
    }

    /**
     * Looks without locks, and takes only what is still so: MariaDB and MySQL would lock whatever they look through, in the
     * order of another index than all who write, and deadlock with them.
     */
    int requeue(LedgerQuery query, Instant now) {
        MapSqlParameterSource parameters = new MapSqlParameterSource();
        String keys = "SELECT store_id, customer_id FROM " + table + where(query, parameters)
                + " AND payload IS NOT NULL" + page(query, parameters);
        List<CustomerKey> found = jdbc.query(keys, parameters, (row, n) -> Keys.of(row));
        int[] changed = jdbc.batchUpdate(
                requeue,
                found.stream()
                        .sorted()
                        .map(key -> new MapSqlParameterSource()
                                .addValue("store", key.store().value())
                                .addValue("customer", key.customerId())
                                .addValue("status", Codes.of(Objects.requireNonNull(query.status())))
                                .addValue("origin", Codes.of(query.requeuedAs()))
                                .addValue("now", now.toEpochMilli()))
                        .toArray(MapSqlParameterSource[]::new));
        return IntStream.of(changed)
                .map(rows -> rows == Statement.SUCCESS_NO_INFO ? 1 : rows)
                .sum();
    }

    private static String where(LedgerQuery query, MapSqlParameterSource parameters) {
        StringBuilder sql = new StringBuilder(" WHERE 1 = 1");
        StoreKey store = query.store();
        if (store != null) {
            sql.append(" AND store_id = :store");
            parameters.addValue("store", store.value());
        }
        LedgerStatus status = query.status();
        if (status != null) {
            // A literal, so that partial indexes apply.
            sql.append(" AND status = '").append(Codes.of(status)).append('\'');
        }
        FailureClass failure = query.failure();
        if (failure != null) {
            sql.append(" AND failure_kind = :failure");
            parameters.addValue("failure", failure.name());
        }
        String customer = query.customerId();
        if (customer != null) {
            sql.append(" AND customer_id = :customer");
            parameters.addValue("customer", customer);
        }
        return sql + behind(query, parameters);
    }

    private static String behind(LedgerQuery query, MapSqlParameterSource parameters) {
        CustomerKey after = query.after();
        if (after == null) {
            return "";
        }
        parameters.addValue("afterCustomer", after.customerId());
        if (after.store().equals(query.store())) {
            // Databases begin at this place in the primary key; at the condition below they would read all before it.
            return " AND customer_id > :afterCustomer";
        }
        parameters.addValue("afterStore", after.store().value());
        return " AND store_id >= :afterStore AND (store_id > :afterStore OR customer_id > :afterCustomer)";
    }

    private String page(LedgerQuery query, MapSqlParameterSource parameters) {
        parameters.addValue("limit", query.limit());
        return " ORDER BY store_id, customer_id" + dialect.first(":limit");
    }

    Map<StoreKey, LedgerCounts> counts() {
        Map<StoreKey, LedgerCounts> counts = new HashMap<>();
        String sql = "SELECT store_id, status, COUNT(*) AS number_of, MIN(pending_since) AS oldest FROM " + table
                + " GROUP BY store_id, status";
        jdbc.query(sql, row -> {
            counts.merge(new StoreKey(row.getString("store_id")), count(row), LedgerCounts::plus);
        });
        return counts;
    }

    private static LedgerCounts count(ResultSet row) throws SQLException {
        long number = row.getLong("number_of");
        return switch (Codes.status(row.getString("status"))) {
            case PENDING -> new LedgerCounts(number, 0, 0, Instant.ofEpochMilli(row.getLong("oldest")));
            case IN_SYNC -> new LedgerCounts(0, number, 0, null);
            case PARKED -> new LedgerCounts(0, 0, number, null);
        };
    }

    private static LedgerRow visible(ResultSet row) throws SQLException {
        String acknowledged = row.getString("acked_fp");
        return new LedgerRow(
                Keys.of(row),
                Codes.status(row.getString("status")),
                new Fingerprint(row.getString("desired_fp")),
                acknowledged == null ? null : new Fingerprint(acknowledged),
                row.getLong("source_ver"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("next_attempt_at")),
                row.getString("lease_token") == null ? null : Instant.ofEpochMilli(row.getLong("lease_until")),
                failure(row),
                row.getString("note"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                Codes.instant((Number) row.getObject("acked_at")),
                row.getInt("former_contacts"));
    }

    private static @Nullable Failure failure(ResultSet row) throws SQLException {
        String kind = row.getString("failure_kind");
        return kind == null
                ? null
                : new Failure(Codes.failure(kind), row.getInt("failure_status"), row.getString("failure_reason"));
    }
}
