package io.yotposync.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Records desired states, a batch at a time. */
final class JdbcUpserts {

    private final NamedParameterJdbcTemplate jdbc;
    private final UpsertSql sql;
    private final boolean queriesLock;
    private final @Nullable ColumnarUpsert columnar;

    JdbcUpserts(NamedParameterJdbcTemplate jdbc, UpsertSql sql, Wording wording) {
        this.jdbc = jdbc;
        this.sql = sql;
        queriesLock = wording.dialect().queriesLock();
        columnar = wording.natively() ? new ColumnarUpsert(jdbc.getJdbcOperations(), sql) : null;
    }

    void upsert(Collection<Desired> batch, Instant now) {
        List<Desired> sorted = UpsertSql.inOrder(batch);
        if (sorted.isEmpty()) {
            return;
        }
        if (columnar != null) {
            columnar.write(sorted, now);
            return;
        }
        // What is there stays there, locked; what somebody else inserts after this look is a violated key.
        Set<CustomerKey> there = locked(sorted);
        Predicate<Desired> known = state -> there.contains(state.key());
        run(sql.insert(), sorted.stream().filter(known.negate()).toList(), now);
        run(sql.update(), sorted.stream().filter(known).toList(), now);
    }

    private Set<CustomerKey> locked(List<Desired> states) {
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue("stores", Keys.stores(states, Desired::key))
                .addValue("customers", Keys.customers(states, Desired::key));
        if (!queriesLock) {
            jdbc.update(sql.touch(), parameters);
        }
        return new HashSet<>(jdbc.query(sql.lock(), parameters, (row, n) -> Keys.of(row)));
    }

    private void run(String statement, List<Desired> states, Instant now) {
        if (!states.isEmpty()) {
            jdbc.batchUpdate(
                    statement,
                    states.stream().map(state -> sql.parameters(state, now)).toArray(SqlParameterSource[]::new));
        }
    }
}
