package shop;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class Customers implements CustomerSource {

    private final JdbcTemplate jdbc;

    Customers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> idsAfter(@Nullable String after, int max) {
        return jdbc.queryForList(
                "SELECT id FROM customer WHERE id > ? ORDER BY id FETCH FIRST ? ROWS ONLY",
                String.class,
                after == null ? "" : after,
                max);
    }

    @Override
    public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
        return jdbc.queryForList(
                "SELECT id FROM customer WHERE updated_at >= ? AND id > ? ORDER BY id FETCH FIRST ? ROWS ONLY",
                String.class,
                Timestamp.from(since),
                after == null ? "" : after,
                max);
    }

    @Override
    public OptionalLong count() {
        Long count = jdbc.queryForObject("SELECT COUNT(*) FROM customer", Long.class);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    @Override
    public Optional<CustomerSnapshot> find(String id) {
        return jdbc.query("SELECT * FROM customer WHERE id = ?", Customers::customer, id).stream()
                .map(CustomerService::snapshot) // the one that is published
                .findFirst();
    }

    private static Customer customer(ResultSet row, int number) throws SQLException {
        return new Customer(
                row.getString("id"),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getObject("newsletter", Boolean.class),
                instant(row.getTimestamp("updated_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
