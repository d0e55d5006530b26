package io.yotposync.jdbc;

import static java.util.stream.Collectors.joining;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LaneLease;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Finds due rows and takes them: look, update what is still free, then ask which of them bear the token. PostgreSQL's
 * update tells by itself.
 */
final class JdbcClaims {

    private final NamedParameterJdbcTemplate jdbc;
    private final String nextStore;
    private final String due;
    private final String untried;
    private final String lock;
    private final String take;
    private final String taken;
    private final @Nullable String takeAndTell;

    JdbcClaims(NamedParameterJdbcTemplate jdbc, OutboxTables tables, Wording wording) {
        this.jdbc = jdbc;
        Dialect dialect = wording.dialect();
        boolean natively = wording.natively();
        String table = tables.customerSync();
        String free = " AND status = 'P' AND next_attempt_at <= :now AND lease_until <= :now";
        // Ordered by the whole index, though most of it is the same for all: H2 and HSQLDB would sort otherwise.
        nextStore = "SELECT store_id FROM " + table
                + " WHERE status = 'P' AND store_id > :store ORDER BY status, store_id" + dialect.first("1");
        String candidates = "SELECT customer_id" + (natively ? ", ctid" : "") + " FROM " + table
                + " WHERE store_id = :store AND origin = :origin" + free;
        String inOrder = " ORDER BY status, store_id, origin, next_attempt_at" + dialect.first(":max");
        due = candidates + inOrder;
        untried = candidates + " AND attempts = 0 AND failure_kind IS NULL" + inOrder;
        lock = wording.lockFree();
        // The same condition in words that no index has: a planner without statistics would walk the whole backlog
        // instead of looking up the few keys.
        String stillFree =
                " AND status <> 'S' AND status <> 'D' AND next_attempt_at + 0 <= :now AND lease_until <= :now";
        // The token last: MySQL would see the new one in the cases before it.
        String taking = " SET attempts = CASE WHEN lease_token IS NULL THEN attempts ELSE attempts + 1 END,"
                + " failure_kind = CASE WHEN lease_token IS NULL THEN failure_kind ELSE :abandoned END,"
                + " failure_status = CASE WHEN lease_token IS NULL THEN failure_status ELSE 0 END,"
                + " failure_reason = CASE WHEN lease_token IS NULL THEN failure_reason ELSE :reason END,"
                + " lease_until = :until, updated_at = :now, lease_token = :token WHERE";
        take = "UPDATE " + table + taking + " store_id = :store AND customer_id IN (:customers)" + stillFree;
        String columns = "c.customer_id, c.payload, c.desired_fp, c.attempts, c.origin, "
                + new Rivals(tables).strongest() + " AS rival";
        taken = "SELECT " + columns + " FROM " + table
                + " c WHERE c.store_id = :store AND c.customer_id IN (:customers) AND c.lease_token = :token";
        // Where they are: a planner whose statistics are missing or old would read the whole store for any few keys.
        // The store in words that no index has, lest it be looked up by that.
        takeAndTell = natively
                ? "UPDATE " + table + " AS c" + taking
                        + " c.ctid = ANY(CAST(:places AS tid[])) AND c.store_id || '' = :store" + stillFree
                        + " RETURNING " + columns
                : null;
    }

    /** From store to store along the index: a backlog of any length costs the same. */
    Set<StoreKey> dueStores(Instant now) {
        Set<StoreKey> found = new TreeSet<>();
        String store = nextStore("");
        while (store != null) {
            if (!first(due, store, 1, now).isEmpty()) {
                found.add(new StoreKey(store));
            }
            store = nextStore(store);
        }
        return found;
    }

    private @Nullable String nextStore(String store) {
        List<String> next = jdbc.queryForList(nextStore, Map.of("store", store), String.class);
        return next.isEmpty() ? null : next.get(0);
    }

    List<Claim> claim(LaneLease lease, int max, Instant now) {
        return take(lease, first(due + lock, lease.store().value(), max, now), now);
    }

    Optional<Claim> claimProbe(LaneLease lease, Instant now) {
        String store = lease.store().value();
        List<Due> wanted = first(untried + lock, store, 1, now);
        return take(lease, wanted.isEmpty() ? first(due + lock, store, 1, now) : wanted, now).stream()
                .findFirst();
    }

    /**
     * A row that may be taken.
     *
     * @param place where it is, if the database says so; it stays there while it is locked
     */
    private record Due(String customerId, @Nullable String place) {}

    private List<Claim> take(LaneLease lease, List<Due> wanted, Instant now) {
        String store = lease.store().value();
        if (wanted.isEmpty()) {
            return List.of();
        }
        String token = lease.fence() + "-" + UUID.randomUUID();
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue("store", store)
                .addValue(
                        "customers",
                        InList.padded(wanted.stream().map(Due::customerId).toList()))
                .addValue("places", wanted.stream().map(Due::place).collect(joining("\",\"", "{\"", "\"}")))
                .addValue("now", now.toEpochMilli())
                .addValue("until", lease.until().toEpochMilli())
                .addValue("token", token)
                .addValue("abandoned", Failure.ABANDONED.kind().name())
                .addValue("reason", Failure.ABANDONED.reason());
        Map<String, Claim> claims = new HashMap<>();
        RowCallbackHandler keep = row -> {
            Claim claim = claim(lease.store(), token, row);
            claims.put(claim.key().customerId(), claim);
        };
        if (takeAndTell != null) {
            jdbc.query(takeAndTell, parameters, keep);
        } else {
            jdbc.update(take, parameters);
            jdbc.query(taken, parameters, keep);
        }
        return wanted.stream()
                .map(due -> claims.get(due.customerId()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Live rows, then those of scans. */
    private List<Due> first(String select, String store, int max, Instant now) {
        List<Due> live = first(select, store, 0, max, now);
        if (live.size() >= max) {
            return live;
        }
        List<Due> all = new ArrayList<>(live);
        all.addAll(first(select, store, 1, max - live.size(), now));
        return all;
    }

    private List<Due> first(String select, String store, int origin, int max, Instant now) {
        if (max < 1) {
            return List.of();
        }
        return jdbc.query(
                select,
                Map.of("store", store, "origin", origin, "max", max, "now", now.toEpochMilli()),
                (row, n) -> new Due(row.getString(1), takeAndTell == null ? null : row.getString(2)));
    }

    private static Claim claim(StoreKey store, String token, ResultSet row) throws SQLException {
        return new Claim(
                new CustomerKey(store, row.getString("customer_id")),
                token,
                Objects.requireNonNullElse(row.getString("payload"), UpsertSql.NONE),
                new Fingerprint(row.getString("desired_fp")),
                row.getInt("attempts"),
                Codes.origin(row.getInt("origin")),
                Rivals.of(row.getInt("rival")));
    }
}
