package io.yotposync.jdbc;

import io.yotposync.outbox.LaneLease;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Who may drain which store: columns of the store's state that only guarded updates change. */
final class JdbcLanes {

    private final NamedParameterJdbcTemplate jdbc;
    private final String take;
    private final String look;
    private final String begin;
    private final String release;
    private final String held;

    JdbcLanes(NamedParameterJdbcTemplate jdbc, OutboxTables tables) {
        this.jdbc = jdbc;
        String table = tables.storeState();
        // The fence first: MySQL would compare with the new holder otherwise.
        take = "UPDATE " + table + " SET lane_fence = CASE WHEN lane_node = :node AND lane_until > :now"
                + " THEN lane_fence ELSE lane_fence + 1 END, lane_node = :node, lane_until = :until"
                + " WHERE store_id = :store AND (lane_node = :node OR lane_until <= :now OR lane_until > :beyond)";
        look = "SELECT lane_node, lane_fence, lane_until FROM " + table + " WHERE store_id = :store";
        begin = "INSERT INTO " + table
                + " (store_id, paused, catch_up_needed, version, lane_node, lane_fence, lane_until)"
                + " VALUES (:store, 0, 0, 0, :node, 1, :until)";
        release = "UPDATE " + table
                + " SET lane_until = 0 WHERE store_id = :store AND lane_node = :node AND lane_fence = :fence";
        held = "SELECT lane_fence FROM " + table
                + " WHERE store_id = :store AND lane_node = :node AND lane_fence = :fence AND lane_until > :now";
    }

    Optional<LaneLease> lease(StoreKey store, String node, Duration length, Instant now) {
        long until = now.plus(length).toEpochMilli();
        long beyond = LaneLease.beyondAny(length, now).toEpochMilli();
        Map<String, Object> parameters = Map.of(
                "store", store.value(), "node", node, "now", now.toEpochMilli(), "until", until, "beyond", beyond);
        jdbc.update(take, parameters);
        List<Optional<LaneLease>> found = jdbc.query(look, parameters, (row, n) -> {
            boolean ours = node.equals(row.getString("lane_node")) && row.getLong("lane_until") == until;
            return ours ? Optional.of(lease(store, node, row.getLong("lane_fence"), until)) : Optional.empty();
        });
        if (!found.isEmpty()) {
            return found.get(0);
        }
        jdbc.update(begin, parameters);
        return Optional.of(lease(store, node, 1, until));
    }

    private static LaneLease lease(StoreKey store, String node, long fence, long until) {
        return new LaneLease(store, node, fence, Instant.ofEpochMilli(until));
    }

    void release(LaneLease lease) {
        jdbc.update(release, Map.of("store", lease.store().value(), "node", lease.node(), "fence", lease.fence()));
    }

    boolean held(LaneLease lease, Instant now) {
        return lease.until().isAfter(now)
                && !jdbc.queryForList(
                                held,
                                Map.of(
                                        "store",
                                        lease.store().value(),
                                        "node",
                                        lease.node(),
                                        "fence",
                                        lease.fence(),
                                        "now",
                                        now.toEpochMilli()))
                        .isEmpty();
    }
}
