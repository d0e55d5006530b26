package io.yotposync.jdbc;

import io.yotposync.outbox.LaneLease;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The scans' states as a table; the lease is a row of its own, of a store that no store can be named. */
final class JdbcScanStates implements ScanStates {

    static final String COLUMNS = "store_id, job, status, phase, last_id, watermark, progress, question,"
            + " started_at, updated_at, finished_at, version, lease_node, lease_until";

    private static final int MAX_QUESTION = 2000;
    private static final String LEASE = " WHERE store_id = '*' AND job = 'lease'";

    private record Versioned(ScanState state, long version) {}

    private final Transactions transactions;
    private final String all;
    private final String one;
    private final String insert;
    private final String update;
    private final String delete;
    private final String take;
    private final String holder;
    private final String begin;
    private final String release;

    JdbcScanStates(Transactions transactions, OutboxTables tables) {
        this.transactions = transactions;
        String table = tables.scanState();
        String key = " WHERE store_id = :store AND job = :job";
        all = "SELECT " + COLUMNS + " FROM " + table + " WHERE store_id <> '*'";
        one = "SELECT " + COLUMNS + " FROM " + table + key;
        insert = "INSERT INTO " + table + " (store_id, job, status, phase, last_id, watermark, progress, question,"
                + " started_at, updated_at, finished_at, version, lease_until) VALUES (:store, :job, :status, :phase,"
                + " :lastId, :watermark, :progress, :question, :startedAt, :updatedAt, :finishedAt, 1, 0)";
        update = "UPDATE " + table + " SET status = :status, phase = :phase, last_id = :lastId,"
                + " watermark = :watermark, progress = :progress, question = :question, started_at = :startedAt,"
                + " updated_at = :updatedAt, finished_at = :finishedAt, version = version + 1" + key
                + " AND version = :version";
        delete = "DELETE FROM " + table + key + " AND version = :version";
        take = "UPDATE " + table + " SET lease_node = :node, lease_until = :until" + LEASE
                + " AND (lease_node = :node OR lease_until <= :now OR lease_until > :beyond)";
        holder = "SELECT lease_node FROM " + table + LEASE;
        begin = "INSERT INTO " + table + " (store_id, job, status, phase, watermark, progress, started_at, updated_at,"
                + " version, lease_node, lease_until) VALUES ('*', 'lease', 'RUNNING', 'CUSTOMERS', 0, '', :now, :now,"
                + " 1, :node, :until)";
        release = "UPDATE " + table + " SET lease_until = 0" + LEASE + " AND lease_node = :node";
    }

    @Override
    public Optional<ScanState> find(ScanJob job) {
        return transactions.call(() -> read(job, "").map(Versioned::state));
    }

    private Optional<Versioned> read(ScanJob job, String locking) {
        return jdbc().query(one + locking, key(job), (row, n) -> read(row)).stream()
                .findFirst();
    }

    @Override
    public List<ScanState> all() {
        return transactions.call(() -> jdbc().query(all, (row, n) -> read(row).state()));
    }

    @Override
    public Optional<ScanState> update(ScanJob job, UnaryOperator<@Nullable ScanState> change) {
        return transactions.call(() -> updated(job, change));
    }

    private Optional<ScanState> updated(ScanJob job, UnaryOperator<@Nullable ScanState> change) {
        Optional<Versioned> before = read(job, " FOR UPDATE");
        ScanState old = before.map(Versioned::state).orElse(null);
        ScanState next = change.apply(old);
        if (Objects.equals(next, old)) {
            return Optional.ofNullable(old);
        }
        MapSqlParameterSource parameters = (next == null ? key(job) : parameters(next))
                .addValue("version", before.map(Versioned::version).orElse(0L));
        String sql = next == null ? delete : before.isPresent() ? update : insert;
        if (jdbc().update(sql, parameters) != 1) {
            throw new OptimisticLockingFailureException("another node changed the " + job);
        }
        return Optional.ofNullable(next);
    }

    @Override
    public boolean lease(String node, Duration length, Instant now) {
        Map<String, Object> parameters = Map.of(
                "node",
                node,
                "now",
                now.toEpochMilli(),
                "until",
                now.plus(length).toEpochMilli(),
                "beyond",
                LaneLease.beyondAny(length, now).toEpochMilli());
        return transactions.call(() -> {
            if (jdbc().update(take, parameters) == 1) {
                return true;
            }
            List<String> holders = jdbc().queryForList(holder, parameters, String.class);
            return holders.isEmpty() && jdbc().update(begin, parameters) == 1;
        });
    }

    @Override
    public void release(String node) {
        transactions.call(() -> jdbc().update(release, Map.of("node", node)));
    }

    private static MapSqlParameterSource key(ScanJob job) {
        return new MapSqlParameterSource()
                .addValue("store", job.store().value())
                .addValue("job", job.name());
    }

    private static MapSqlParameterSource parameters(ScanState state) {
        return key(state.job())
                .addValue("status", state.status().name())
                .addValue("phase", state.phase().name())
                .addValue("lastId", state.lastId(), Types.VARCHAR)
                .addValue("watermark", state.watermark().toEpochMilli())
                .addValue("progress", state.counts().text())
                .addValue("question", Codes.cut(state.question(), MAX_QUESTION), Types.VARCHAR)
                .addValue("startedAt", state.startedAt().toEpochMilli())
                .addValue("updatedAt", state.updatedAt().toEpochMilli())
                .addValue("finishedAt", Codes.millis(state.finishedAt()), Types.BIGINT);
    }

    private static Versioned read(ResultSet row) throws SQLException {
        ScanState state = new ScanState(
                new ScanJob(new StoreKey(row.getString("store_id")), row.getString("job")),
                ScanStatus.valueOf(row.getString("status")),
                ScanPhase.valueOf(row.getString("phase")),
                row.getString("last_id"),
                Instant.ofEpochMilli(row.getLong("watermark")),
                ScanCounts.parse(row.getString("progress")),
                row.getString("question"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                Codes.instant((Number) row.getObject("finished_at")));
        return new Versioned(state, row.getLong("version"));
    }

    private NamedParameterJdbcTemplate jdbc() {
        return transactions.jdbc();
    }
}
