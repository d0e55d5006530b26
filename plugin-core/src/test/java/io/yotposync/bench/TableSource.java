package io.yotposync.bench;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** A host that reads its own table a page at a time. */
final class TableSource implements CustomerSource {

    private final NamedParameterJdbcTemplate jdbc;

    TableSource(DataSource dataSource) {
        jdbc = new NamedParameterJdbcTemplate(dataSource);
    }

    @Override
    public List<String> idsAfter(@Nullable String after, int max) {
        return jdbc
                .queryForList(
                        "SELECT customer_id FROM blc_customer WHERE customer_id > :after ORDER BY customer_id LIMIT :max",
                        Map.of("after", after == null ? 0L : Long.parseLong(after), "max", max),
                        Long.class)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Override
    public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
        return List.of();
    }

    @Override
    public Optional<CustomerSnapshot> find(String id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    @Override
    public List<CustomerSnapshot> findAll(List<String> ids) {
        return jdbc.query(
                "SELECT * FROM blc_customer WHERE customer_id BETWEEN :first AND :last ORDER BY customer_id",
                Map.of("first", Long.parseLong(ids.get(0)), "last", Long.parseLong(ids.get(ids.size() - 1))),
                (row, n) -> CustomerSnapshot.of(row.getString("customer_id"))
                        .email(row.getString("email_address"))
                        .name(row.getString("first_name"), row.getString("last_name"))
                        .language("en_US")
                        .updatedAt(row.getTimestamp("date_updated").toInstant())
                        .build());
    }

    @Override
    public Set<String> existing(Collection<String> ids) {
        return new HashSet<>(jdbc
                .queryForList(
                        "SELECT customer_id FROM blc_customer WHERE customer_id IN (:ids)",
                        Map.of("ids", ids.stream().map(Long::valueOf).toList()),
                        Long.class)
                .stream()
                .map(String::valueOf)
                .toList());
    }

    @Override
    public OptionalLong count() {
        Long count = jdbc.queryForObject("SELECT COUNT(*) FROM blc_customer", Map.of(), Long.class);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
