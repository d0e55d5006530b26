package io.yotposync.outbox.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Records desired states, a batch at a time. */
final class JdbcUpserts {

    private final NamedParameterJdbcTemplate jdbc;
    private final UpsertSql sql;
    private final @Nullable ColumnarUpsert columnar;

    JdbcUpserts(NamedParameterJdbcTemplate jdbc, UpsertSql sql, boolean natively) {
        this.jdbc = jdbc;
        this.sql = sql;
        columnar = natively ? new ColumnarUpsert(jdbc.getJdbcOperations(), sql) : null;
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
        // Updates first: a row that vanishes after them is missed by the query and inserted.
        jdbc.batchUpdate(sql.update(), parameters(sorted, now));
        Set<CustomerKey> there = known(sorted);
        List<Desired> missing =
                sorted.stream().filter(state -> !there.contains(state.key())).toList();
        if (!missing.isEmpty()) {
            jdbc.batchUpdate(sql.insert(), parameters(missing, now));
        }
    }

    private Set<CustomerKey> known(List<Desired> states) {
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue("stores", Keys.stores(states, Desired::key))
                .addValue("customers", Keys.customers(states, Desired::key));
        return new HashSet<>(jdbc.query(sql.known(), parameters, (row, n) -> Keys.of(row)));
    }

    private SqlParameterSource[] parameters(List<Desired> states, Instant now) {
        return states.stream().map(state -> sql.parameters(state, now)).toArray(SqlParameterSource[]::new);
    }
}
