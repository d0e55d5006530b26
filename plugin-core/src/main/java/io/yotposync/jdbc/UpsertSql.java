package io.yotposync.jdbc;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.FailureClass;
import io.yotposync.payload.Contact;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * The rules of an upsert as SQL, evaluated by the database under the row's lock; vendors differ only in how a missing row
 * comes in.
 */
final class UpsertSql {

    private static final String CHANGED = "{fp} <> o.desired_fp";

    /** Another customer's state went to Yotpo instead of this one, which is now said to be later than that. */
    private static final String SUPERSEDED =
            "(o.status = 'S' AND {version} > o.source_ver" + " AND (o.acked_fp IS NULL OR o.acked_fp <> o.desired_fp))";

    private static final String RENEWED =
            "(" + CHANGED + " OR (o.status = 'D' AND {origin} = 0) OR " + SUPERSEDED + ")";
    /** Not of a guest: another one of the same contact may have been sent since. */
    private static final String SETTLED = "(" + CHANGED
            + " AND {fp} = o.acked_fp AND o.lease_token IS NULL AND o.failure_kind IS NULL" + " AND {alone} = 0)";

    private static final String BEGUN = "(" + RENEWED + " AND o.status <> 'P')";

    /** It may have waited for another customer whom it is no longer taken for, or who waits for this one now. */
    private static final String WAITED = "((" + CHANGED + " OR {version} > o.source_ver)"
            + " AND o.status = 'P' AND o.failure_kind = '" + FailureClass.CONFLICT + "'"
            + " AND {notBefore} < o.next_attempt_at)";

    /** As {@code SourceVersions} has it: 65 minutes. Subtracted from what has a type, for a parameter's would be guessed. */
    private static final String AHEAD = "o.source_ver - 3900000 > {now}";

    // MySQL evaluates assignments from left to right and sees those already made: what others ask for comes last.
    private static final String CHANGES = " SET payload = CASE WHEN " + SETTLED + " THEN NULL WHEN " + RENEWED
            + " THEN {payload} ELSE o.payload END,"
            + " attempts = CASE WHEN " + BEGUN + " THEN 0 ELSE o.attempts END,"
            + " next_attempt_at = CASE WHEN " + BEGUN + " OR " + WAITED + " OR (" + CHANGED + " AND " + AHEAD + ")"
            + " THEN {notBefore} ELSE o.next_attempt_at END,"
            + " pending_since = CASE WHEN " + BEGUN + " THEN {now} ELSE o.pending_since END,"
            + " origin = CASE WHEN " + BEGUN + " OR (o.status = 'P' AND {origin} < o.origin) THEN {origin}"
            + " ELSE o.origin END,"
            + " status = CASE WHEN " + SETTLED + " THEN 'S' WHEN " + RENEWED + " THEN 'P' ELSE o.status END,"
            + " former_contacts = CASE WHEN o.contact_alone = 1 AND {alone} = 1 AND o.contact_fp <> {contact}"
            + " THEN o.former_contacts + 1 ELSE o.former_contacts END,"
            + " contact_fp = {contact}, contact_alone = {alone},"
            + " desired_fp = {fp},"
            + " source_ver = CASE WHEN {version} > o.source_ver OR " + AHEAD + " THEN {version} ELSE o.source_ver END,"
            // Later than before, however long ago this write began: whoever looked meanwhile can tell that it changed.
            + " updated_at = CASE WHEN {now} > o.updated_at THEN {now} ELSE o.updated_at + 1 END";

    private static final String WORTH_IT =
            "({outranks} >= o.source_ver OR " + AHEAD + ") AND (" + CHANGED + " OR " + AHEAD
                    + " OR {version} > o.source_ver OR (o.status = 'D' AND {origin} = 0)"
                    + " OR (o.status = 'P' AND {origin} < o.origin))";

    /** As {@code SourceVersions} has it, for rows that bring no more than their version. */
    private static final String OUTRANKS =
            "(EXCLUDED.source_ver + CASE WHEN EXCLUDED.source_ver % 1000 = 0 THEN 999 ELSE 0 END)";

    /** What a row has whose customer is read when it is sent. */
    static final String NONE = "";

    private final boolean keepPayloads;
    private final String insert;
    private final String upsert;
    private final String upsertColumns;
    private final String update;
    private final String lock;
    private final String touch;

    UpsertSql(OutboxTables tables, Dialect dialect, boolean keepPayloads) {
        this.keepPayloads = keepPayloads;
        String table = tables.customerSync();
        String columns = " (store_id, customer_id, status, origin, payload, desired_fp, source_ver, attempts,"
                + " next_attempt_at, pending_since, lease_until, contact_fp, contact_alone, former_contacts, created_at,"
                + " updated_at)";
        String values = " VALUES (:store, :customer, 'P', :origin, :payload, :fp, :version, 0, :notBefore, :now, 0,"
                + " :contact, :alone, 0, :now, :now)";
        String arrays =
                " SELECT n.store, n.customer, 'P', n.origin, n.payload, n.fp, n.version, 0, n.not_before, t.now, 0,"
                        + " n.contact, n.alone, 0, t.now, t.now FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],"
                        + " ?::bigint[], ?::bigint[], ?::text[], ?::bigint[]) AS n (store, customer, origin, payload, fp,"
                        + " version, not_before, contact, alone), (SELECT ?::bigint) AS t (now)";
        String whereThere = " ON CONFLICT (store_id, customer_id) DO UPDATE" + ofExcluded(CHANGES) + " WHERE "
                + ofExcluded(WORTH_IT);
        insert = "INSERT INTO " + table + columns + values;
        upsert = "INSERT INTO " + table + " AS o" + columns + values + whereThere;
        upsertColumns = "INSERT INTO " + table + " AS o" + columns + arrays + whereThere;
        update = "UPDATE " + table + " AS o" + ofParameters(CHANGES)
                + " WHERE o.store_id = :store AND o.customer_id = :customer AND " + ofParameters(WORTH_IT);
        String there = " WHERE store_id IN (:stores) AND customer_id IN (:customers)";
        // A column that no index has, or MySQL would read, and lock, a whole index for many keys of a small store.
        lock = "SELECT store_id, customer_id, status FROM " + table + dialect.byKey() + there
                + " ORDER BY store_id, customer_id FOR UPDATE";
        touch = "UPDATE " + table + " SET updated_at = updated_at" + there;
    }

    private static String ofExcluded(String template) {
        return template.replace("{fp}", "EXCLUDED.desired_fp")
                .replace("{origin}", "EXCLUDED.origin")
                .replace("{payload}", "EXCLUDED.payload")
                .replace("{notBefore}", "EXCLUDED.next_attempt_at")
                .replace("{version}", "EXCLUDED.source_ver")
                .replace("{contact}", "EXCLUDED.contact_fp")
                .replace("{alone}", "EXCLUDED.contact_alone")
                .replace("{now}", "EXCLUDED.updated_at")
                .replace("{outranks}", OUTRANKS);
    }

    private static String ofParameters(String template) {
        return template.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** Of a row that is missing. */
    String insert() {
        return insert;
    }

    /** Of a row that may be missing, where the database can. */
    String upsert() {
        return upsert;
    }

    /** Of many rows, a column as an array at a time, which {@link ColumnarUpsert} fills in. */
    String upsertColumns() {
        return upsertColumns;
    }

    /** Of a row that is there. */
    String update() {
        return update;
    }

    /** Which rows are there, locked in their order where {@link Dialect#queriesLock() queries lock}. */
    String lock() {
        return lock;
    }

    /** Locks the rows that are there, and changes nothing. */
    String touch() {
        return touch;
    }

    /** One order on all nodes: two batches with the same customers wait for each other instead of deadlocking. */
    static List<Desired> inOrder(Collection<Desired> batch) {
        return batch.stream().sorted(Comparator.comparing(Desired::key)).toList();
    }

    /** What is kept of a payload. */
    String payload(Desired state) {
        return keepPayloads ? state.payload() : NONE;
    }

    SqlParameterSource parameters(Desired state, Instant now) {
        Contact contact = state.contact();
        return new MapSqlParameterSource()
                .addValue("store", state.key().store().value(), Types.VARCHAR)
                .addValue("customer", state.key().customerId(), Types.VARCHAR)
                .addValue("origin", Codes.of(state.origin()), Types.SMALLINT)
                .addValue("payload", new Unlogged(payload(state)), Types.VARCHAR)
                .addValue("fp", state.fingerprint().value(), Types.VARCHAR)
                .addValue("version", state.sourceVersion(), Types.BIGINT)
                .addValue("outranks", state.outranksUpTo(), Types.BIGINT)
                .addValue("notBefore", state.notBefore().toEpochMilli(), Types.BIGINT)
                .addValue(
                        "contact",
                        contact == null ? null : contact.fingerprint().value(),
                        Types.VARCHAR)
                .addValue("alone", contact != null && contact.alone() ? 1 : 0, Types.SMALLINT)
                .addValue("now", now.toEpochMilli(), Types.BIGINT);
    }
}
