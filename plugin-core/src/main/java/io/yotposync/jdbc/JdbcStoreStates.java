package io.yotposync.jdbc;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** The states as a table, read into memory; the newest version known wins. */
final class JdbcStoreStates implements StoreStates {

    static final String COLUMNS = "store_id, enabled, paused, pause_reason, wait_until, held, held_until,"
            + " catch_up_needed, version, lane_node, lane_fence, lane_until";

    private static final int MAX_TEXT = 500;

    private record Versioned(StoreState state, long version) {}

    private final Transactions transactions;
    private final Map<StoreKey, Versioned> known = new ConcurrentHashMap<>();
    private final String all;
    private final String one;
    private final String insert;
    private final String update;

    JdbcStoreStates(Transactions transactions, OutboxTables tables) {
        this.transactions = transactions;
        String table = tables.storeState();
        all = "SELECT " + COLUMNS + " FROM " + table;
        // Locked, so that nodes wait for each other; the version is for databases that do not lock here.
        one = all + " WHERE store_id = :store FOR UPDATE";
        insert = "INSERT INTO " + table + " (store_id, enabled, paused, pause_reason, wait_until, held, held_until,"
                + " catch_up_needed, version, lane_fence, lane_until) VALUES (:store, :enabled, :paused, :pauseReason,"
                + " :waitUntil, :held, :heldUntil, :catchUpNeeded, 1, 0, 0)";
        update = "UPDATE " + table + " SET enabled = :enabled, paused = :paused, pause_reason = :pauseReason,"
                + " wait_until = :waitUntil, held = :held, held_until = :heldUntil, catch_up_needed = :catchUpNeeded,"
                + " version = version + 1 WHERE store_id = :store AND version = :version";
    }

    @Override
    public StoreState get(StoreKey store) {
        Versioned found = known.get(store);
        return found == null ? StoreState.asConfigured(store) : found.state();
    }

    @Override
    public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
        return remember(transactions.call(() -> updated(store, change))).state();
    }

    private Versioned updated(StoreKey store, UnaryOperator<StoreState> change) {
        Optional<Versioned> found =
                transactions.jdbc().query(one, Map.of("store", store.value()), (row, n) -> read(row)).stream()
                        .findFirst();
        Versioned before = found.orElseGet(() -> new Versioned(StoreState.asConfigured(store), 0));
        StoreState after = change.apply(before.state());
        if (after.equals(before.state())) {
            return before;
        }
        MapSqlParameterSource parameters = parameters(after).addValue("version", before.version());
        if (transactions.jdbc().update(found.isPresent() ? update : insert, parameters) != 1) {
            throw new OptimisticLockingFailureException("another node changed the state of store " + store);
        }
        return new Versioned(after, before.version() + 1);
    }

    @Override
    public void refresh() {
        List<Versioned> read = transactions.call(() -> transactions.jdbc().query(all, (row, n) -> read(row)));
        read.forEach(this::remember);
    }

    private Versioned remember(Versioned value) {
        known.merge(value.state().store(), value, (old, now) -> now.version() >= old.version() ? now : old);
        return value;
    }

    private static MapSqlParameterSource parameters(StoreState state) {
        Boolean enabled = state.enabled();
        return new MapSqlParameterSource()
                .addValue("store", state.store().value())
                .addValue("enabled", enabled == null ? null : flag(enabled), Types.SMALLINT)
                .addValue("paused", flag(state.paused()))
                .addValue("pauseReason", Codes.cut(state.pauseReason(), MAX_TEXT), Types.VARCHAR)
                .addValue("waitUntil", Codes.millis(state.waitUntil()), Types.BIGINT)
                .addValue("held", Codes.cut(state.held(), MAX_TEXT), Types.VARCHAR)
                .addValue("heldUntil", Codes.millis(state.heldUntil()), Types.BIGINT)
                .addValue("catchUpNeeded", flag(state.catchUpNeeded()));
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }

    private static Versioned read(ResultSet row) throws SQLException {
        Number enabled = (Number) row.getObject("enabled");
        StoreState state = new StoreState(
                new StoreKey(row.getString("store_id")),
                enabled == null ? null : enabled.intValue() == 1,
                row.getInt("paused") == 1,
                row.getString("pause_reason"),
                instant(row, "wait_until"),
                row.getString("held"),
                instant(row, "held_until"),
                row.getInt("catch_up_needed") == 1,
                null);
        return new Versioned(state, row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return Codes.instant((Number) row.getObject(column));
    }
}
