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

    /** The contact of a row that is identified by nothing else. */
    static final String GUEST = "CASE WHEN contact_alone = 1 THEN contact_fp END AS guest";

    private static final int MAX_NOTE = 500;
    private static final int MAX_FIELDS = 250;

    private final NamedParameterJdbcTemplate jdbc;
    private final FieldDigest fields;
    private final String held;
    private final @Nullable ColumnarCompletions columnar;
    private final String acknowledge;
    private final String supersede;
    private final String retry;
    private final String hurry;
    private final String park;
    private final String release;
    private final String wake;

    JdbcCompletions(NamedParameterJdbcTemplate jdbc, OutboxTables tables, FieldDigest fields, Wording wording) {
        this.jdbc = jdbc;
        this.fields = fields;
        String table = tables.customerSync();
        String end = ", lease_token = NULL, lease_until = 0, updated_at = :now"
                + " WHERE store_id = :store AND customer_id = :customer AND lease_token = :token";
        String ifCurrent = " = CASE WHEN desired_fp IN (:wanted, :fp) THEN ";
        // Last, for MySQL sees it in the cases behind it; where the state was read anew, that one counts.
        String settle = ", desired_fp" + ifCurrent + ":fp ELSE desired_fp END";
        // Counts of batches cannot be believed, so the locked rows say who is refused; in the order of upserts, or the
        // two would deadlock.
        held = "SELECT store_id, customer_id, lease_token, acked_fields, " + GUEST + " FROM " + table
                + wording.dialect().byKey()
                + " WHERE store_id IN (:stores) AND customer_id IN (:customers) AND lease_token IS NOT NULL"
                + " ORDER BY store_id, customer_id FOR UPDATE";
        String over = " note = :note, attempts = 0,"
                + " failure_kind = NULL, failure_status = NULL, failure_reason = NULL,"
                + " payload" + ifCurrent + "NULL ELSE payload END,"
                + " next_attempt_at" + ifCurrent + "next_attempt_at ELSE :now END,"
                + " pending_since" + ifCurrent + "pending_since ELSE :now END,"
                + " status" + ifCurrent + "'S' ELSE 'P' END" + settle + end;
        acknowledge = "UPDATE " + table + " SET acked_fp = :fp, acked_fields = :fields, acked_at = :now," + over;
        supersede = "UPDATE " + table + " SET" + over;
        columnar = wording.natively() ? new ColumnarCompletions(jdbc.getJdbcOperations(), table, acknowledge) : null;
        String failure = " failure_kind = :kind, failure_status = :code, failure_reason = :reason";
        retry = "UPDATE " + table + " SET attempts = attempts + :counted, next_attempt_at = :at," + failure + end;
        hurry = "UPDATE " + table + " SET next_attempt_at = :now WHERE store_id = :store AND customer_id = :customer"
                + " AND desired_fp NOT IN (:wanted, :fp)";
        park = "UPDATE " + table + " SET" + failure + ","
                + " attempts" + ifCurrent + "attempts + 1 ELSE 0 END,"
                + " next_attempt_at" + ifCurrent + "next_attempt_at ELSE :now END,"
                + " pending_since" + ifCurrent + "pending_since ELSE :now END,"
                + " status" + ifCurrent + "'D' ELSE 'P' END" + settle + end;
        release = "UPDATE " + table + " SET attempts = attempts" + end;
        // One by one: for a list of them, a planner without statistics would read all rows. A contact is of one store.
        wake = "UPDATE " + table
                + " SET next_attempt_at = :now WHERE contact_fp = :contact"
                + " AND contact_alone = 1 AND status <> 'S' AND status <> 'D' AND lease_token IS NULL"
                + " AND next_attempt_at + 0 > :now AND failure_kind = '" + FailureClass.CONFLICT + "'";
    }

    /** Returns the refused ones. */
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
        acknowledge(of(Acknowledged.class, held), ours, now);
        run(
                supersede,
                of(Superseded.class, held),
                end -> contents(end, now).addValue("note", Codes.cut(end.note(), MAX_NOTE)));
        List<RetryAt> retries = of(RetryAt.class, held);
        run(
                retry,
                retries,
                end -> failed(parameters(end, now), end.failure())
                        .addValue("counted", end.counted() ? 1 : 0)
                        .addValue("at", end.at().toEpochMilli()));
        run(hurry, retries.stream().filter(JdbcCompletions::waits).toList(), end -> contents(end, now));
        run(park, of(Parked.class, held), end -> failed(contents(end, now), end.failure()));
        run(release, of(Released.class, held), end -> parameters(end, now));
        wakeThoseWhoWait(held, ours, now);
        return lost;
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
                wake,
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
        jdbc.query(held, parameters, row -> {
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
                acknowledge,
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

    private <T> void run(String sql, List<T> ends, Function<T, SqlParameterSource> parameters) {
        if (!ends.isEmpty()) {
            jdbc.batchUpdate(sql, ends.stream().map(parameters).toArray(SqlParameterSource[]::new));
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
