package io.yotposync.broadleaf;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Calendar;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Keys in Broadleaf's table of customers, which has the same name and columns in 3.1, 6.2 and 7.0. Each call takes one
 * connection for one short read-only transaction of its own. Thread-safe.
 *
 * <p>The question for recent changes reads the whole table unless the host has an index on {@code DATE_UPDATED} and one on
 * {@code DATE_CREATED}.
 */
public final class CustomerIds {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final OwnReads reads;
    private volatile @Nullable String limit;

    /**
     * @param dataSource the host's, of the database that has the customers
     * @param schema to qualify the table with, {@code null} for the connection's own
     */
    public CustomerIds(DataSource dataSource, @Nullable String schema) {
        reads = new OwnReads(dataSource, schema, "BLC_CUSTOMER", LONGEST);
    }

    /** The key behind an id of ours, {@code null} if it is none of Broadleaf's. */
    static @Nullable Long key(@Nullable String id) {
        try {
            return id == null ? null : Long.valueOf(id);
        } catch (NumberFormatException ofAnotherHost) {
            return null;
        }
    }

    List<String> after(@Nullable String after, int max) {
        return page("", new MapSqlParameterSource(), after, max);
    }

    /** @param zone in which the host writes times, {@code null} where it leaves that to its driver */
    List<String> changedSince(Instant since, @Nullable TimeZone zone, @Nullable String after, int max) {
        return page(
                " AND (DATE_UPDATED >= :since OR DATE_CREATED >= :since)",
                new MapSqlParameterSource("since", zone == null ? Timestamp.from(since) : in(zone, since)),
                after,
                max);
    }

    private static Calendar in(TimeZone zone, Instant moment) {
        Calendar there = Calendar.getInstance(zone);
        there.setTimeInMillis(moment.toEpochMilli());
        return there;
    }

    private List<String> page(String condition, MapSqlParameterSource parameters, @Nullable String after, int max) {
        Long key = key(after);
        String behind = key == null ? "1 = 1" : "CUSTOMER_ID > :after";
        return reads
                .read((jdbc, table) -> jdbc.queryForList(
                        "SELECT CUSTOMER_ID FROM " + table + " WHERE " + behind + condition + " ORDER BY CUSTOMER_ID"
                                + limit(jdbc, max),
                        parameters.addValue("after", key),
                        Long.class))
                .stream()
                .map(String::valueOf)
                .toList();
    }

    Set<String> existing(Collection<String> ids) {
        List<Long> keys =
                ids.stream().map(CustomerIds::key).filter(Objects::nonNull).toList();
        if (keys.isEmpty()) {
            return Set.of();
        }
        Set<String> found = new LinkedHashSet<>();
        reads.read((jdbc, table) -> jdbc.queryForList(
                        "SELECT CUSTOMER_ID FROM " + table + " WHERE CUSTOMER_ID IN (:ids)",
                        Map.of("ids", keys),
                        Long.class))
                .forEach(key -> found.add(String.valueOf(key)));
        return found;
    }

    long count() {
        Long count =
                reads.read((jdbc, table) -> jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Map.of(), Long.class));
        return count == null ? 0 : count;
    }

    /** By the standard's words where they are understood: databases read a page along the key only if they are told. */
    private String limit(NamedParameterJdbcTemplate jdbc, int max) {
        String form = limit;
        if (form == null) {
            ConnectionCallback<String> name =
                    connection -> connection.getMetaData().getDatabaseProductName();
            String product =
                    String.valueOf(jdbc.getJdbcOperations().execute(name)).toLowerCase(Locale.ROOT);
            form = product.contains("mysql") || product.contains("maria")
                    ? " LIMIT %d"
                    : product.contains("sql server")
                            ? " OFFSET 0 ROWS FETCH NEXT %d ROWS ONLY"
                            : " FETCH FIRST %d ROWS ONLY";
            limit = form;
        }
        return String.format(Locale.ROOT, form, max);
    }
}
