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
    private final ClaimSql sql;

    JdbcClaims(NamedParameterJdbcTemplate jdbc, OutboxTables tables, Wording wording) {
        this.jdbc = jdbc;
        sql = new ClaimSql(tables, wording);
    }

    /** From store to store along the index: a backlog of any length costs the same. */
    Set<StoreKey> dueStores(Instant now) {
        Set<StoreKey> found = new TreeSet<>();
        String store = nextStore("");
        while (store != null) {
            if (!first(sql.due, store, 1, now).isEmpty()) {
                found.add(new StoreKey(store));
            }
            store = nextStore(store);
        }
        return found;
    }

    private @Nullable String nextStore(String store) {
        List<String> next = jdbc.queryForList(sql.nextStore, Map.of("store", store), String.class);
        return next.isEmpty() ? null : next.get(0);
    }

    List<Claim> claim(LaneLease lease, int max, Instant now) {
        return take(lease, first(sql.due + sql.lock, lease.store().value(), max, now), now);
    }

    Optional<Claim> claimProbe(LaneLease lease, Instant now) {
        String store = lease.store().value();
        List<Due> wanted = first(sql.untried + sql.lock, store, 1, now);
        return take(lease, wanted.isEmpty() ? first(sql.due + sql.lock, store, 1, now) : wanted, now).stream()
                .findFirst();
    }

    /**
     * A row that may be taken.
     *
     * @param place where it is, if the database says so; it stays there while it is locked
     */
    private record Due(String customerId, @Nullable String place) {}

    private List<Claim> take(LaneLease lease, List<Due> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        String token = lease.fence() + "-" + UUID.randomUUID();
        MapSqlParameterSource parameters = parameters(lease, token, wanted, now);
        Map<String, Claim> claims = new HashMap<>();
        RowCallbackHandler keep = row -> {
            Claim claim = claim(lease.store(), token, row);
            claims.put(claim.key().customerId(), claim);
        };
        if (sql.takeAndTell != null) {
            jdbc.query(sql.takeAndTell, parameters, keep);
        } else {
            jdbc.update(sql.take, parameters);
            jdbc.query(sql.taken, parameters, keep);
        }
        return wanted.stream()
                .map(due -> claims.get(due.customerId()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static MapSqlParameterSource parameters(LaneLease lease, String token, List<Due> wanted, Instant now) {
        List<String> customers = wanted.stream().map(Due::customerId).toList();
        return new MapSqlParameterSource()
                .addValue("store", lease.store().value())
                .addValue("customers", InList.padded(customers))
                .addValue("places", wanted.stream().map(Due::place).collect(joining("\",\"", "{\"", "\"}")))
                .addValue("now", now.toEpochMilli())
                .addValue("until", lease.until().toEpochMilli())
                .addValue("token", token)
                .addValue("abandoned", Failure.ABANDONED.kind().name())
                .addValue("reason", Failure.ABANDONED.reason());
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
                (row, n) -> new Due(row.getString(1), sql.takeAndTell == null ? null : row.getString(2)));
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
