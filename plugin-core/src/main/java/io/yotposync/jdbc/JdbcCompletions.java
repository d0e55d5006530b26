package io.yotposync.jdbc;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.outbox.Completion.Superseded;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.store.CustomerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Ends claims: locks the rows, leaves out those whose token is another's, then one batch for each kind of end. */
final class JdbcCompletions {

    private static final int MAX_NOTE = 500;
    private static final int MAX_FIELDS = 250;

    private final NamedParameterJdbcTemplate jdbc;
    private final FieldDigest fields;
    private final CompletionSql sql;
    private final @Nullable ColumnarCompletions columnar;

    JdbcCompletions(NamedParameterJdbcTemplate jdbc, OutboxTables tables, FieldDigest fields, Wording wording) {
        this.jdbc = jdbc;
        this.fields = fields;
        sql = new CompletionSql(tables, wording);
        columnar = wording.natively()
                ? new ColumnarCompletions(jdbc.getJdbcOperations(), tables.customerSync(), sql.acknowledge)
                : null;
    }

    /** Returns those whose claim was lost. */
    List<Completion> complete(List<? extends Completion> completions, Instant now) {
        Map<CustomerKey, Held> rows = columnar == null ? held(completions) : columnar.held(completions);
        Map<CustomerKey, Held> ours = new HashMap<>();
        List<Completion> held = new ArrayList<>();
        List<Completion> lost = new ArrayList<>();
        for (Completion completion : completions) {
            Claim claim = completion.claim();
            Held row = rows.get(claim.key());
            if (row != null && row.token().equals(claim.token()) && ours.putIfAbsent(claim.key(), row) == null) {
                held.add(completion);
            } else {
                lost.add(completion);
            }
        }
        write(held, ours, now);
        return lost;
    }

    private void write(List<Completion> held, Map<CustomerKey, Held> rows, Instant now) {
        acknowledge(of(Acknowledged.class, held), rows, now);
        run(
                sql.supersede,
                of(Superseded.class, held),
                end -> contents(end, now).addValue("note", Codes.cut(end.note(), MAX_NOTE)));
        List<RetryAt> retries = of(RetryAt.class, held);
        run(
                sql.retry,
                retries,
                end -> failed(parameters(end, now), end.failure())
                        .addValue("counted", end.counted() ? 1 : 0)
                        .addValue("at", end.at().toEpochMilli()));
        run(sql.hurry, retries.stream().filter(JdbcCompletions::waits).toList(), end -> contents(end, now));
        run(sql.park, of(Parked.class, held), end -> failed(contents(end, now), end.failure()));
        run(sql.release, of(Released.class, held), end -> parameters(end, now));
        wakeThoseWhoWait(held, rows, now);
    }

    /** Who was changed before a guest of the same contact, and waits for that one's end. */
    private void wakeThoseWhoWait(List<Completion> ends, Map<CustomerKey, Held> rows, Instant now) {
        Set<String> contacts = new TreeSet<>();
        for (Completion end : ends) {
            String guest = Objects.requireNonNull(rows.get(end.claim().key())).guest();
            if (guest != null && (end instanceof Acknowledged || end instanceof Parked)) {
                contacts.add(guest);
            }
        }
        run(
                sql.wake,
                List.copyOf(contacts),
                contact ->
                        new MapSqlParameterSource().addValue("contact", contact).addValue("now", now.toEpochMilli()));
    }

    /**
     * A locked row.
     *
     * @param token of the claim that has it
     * @param place where it is, if the database says so
     * @param fields what was said of those acknowledged before
     * @param guest its contact, if it is identified by that alone
     */
    record Held(
            String token,
            @Nullable String place,
            @Nullable String fields,
            @Nullable String guest) {}

    private Map<CustomerKey, Held> held(Collection<? extends Completion> completions) {
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue(
                        "stores",
                        Keys.stores(completions, (Completion end) -> end.claim().key()))
                .addValue(
                        "customers",
                        Keys.customers(
                                completions, (Completion end) -> end.claim().key()));
        Map<CustomerKey, Held> rows = new HashMap<>();
        jdbc.query(sql.held, parameters, row -> {
            rows.put(Keys.of(row), held(row, null));
        });
        return rows;
    }

    static Held held(ResultSet row, @Nullable String place) throws SQLException {
        return new Held(row.getString("lease_token"), place, row.getString("acked_fields"), row.getString("guest"));
    }

    private static <T extends Completion> List<T> of(Class<T> kind, List<Completion> held) {
        return held.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void acknowledge(List<Acknowledged> ends, Map<CustomerKey, Held> rows, Instant now) {
        Function<Acknowledged, @Nullable String> said = end ->
                fields(end.claim(), Objects.requireNonNull(rows.get(end.claim().key())));
        if (columnar != null && !ends.isEmpty()) {
            columnar.acknowledge(ends, rows, JdbcCompletions::note, said, now);
            return;
        }
        run(
                sql.acknowledge,
                ends,
                end -> contents(end, now)
                        .addValue("fields", said.apply(end), Types.VARCHAR)
                        .addValue("note", note(end), Types.VARCHAR));
    }

    private @Nullable String fields(Claim claim, Held row) {
        return Codes.cut(fields.of(claim, row.fields()), MAX_FIELDS);
    }

    private static @Nullable String note(Acknowledged end) {
        return Codes.cut(end.note(), MAX_NOTE);
    }

    private <T> void run(String statement, List<T> ends, Function<T, SqlParameterSource> parameters) {
        if (!ends.isEmpty()) {
            jdbc.batchUpdate(statement, ends.stream().map(parameters).toArray(SqlParameterSource[]::new));
        }
    }

    /** For another customer; one that changed meanwhile may be taken for that one no more. */
    private static boolean waits(RetryAt end) {
        return end.failure().kind() == FailureClass.CONFLICT;
    }

    private static MapSqlParameterSource failed(MapSqlParameterSource parameters, Failure failure) {
        return parameters
                .addValue("kind", failure.kind().name())
                .addValue("code", failure.status())
                .addValue("reason", failure.reason());
    }

    private static MapSqlParameterSource contents(Completion end, Instant now) {
        return parameters(end, now)
                .addValue("fp", end.claim().fingerprint().value())
                .addValue("wanted", end.claim().wanted().value());
    }

    private static MapSqlParameterSource parameters(Completion end, Instant now) {
        Claim claim = end.claim();
        return new MapSqlParameterSource()
                .addValue("store", claim.key().store().value())
                .addValue("customer", claim.key().customerId())
                .addValue("token", claim.token())
                .addValue("now", now.toEpochMilli());
    }
}
