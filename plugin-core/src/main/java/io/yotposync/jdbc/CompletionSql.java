package io.yotposync.jdbc;

import io.yotposync.outbox.FailureClass;

/** How rows are locked and their claims ended, one row each. */
final class CompletionSql {

    /** The contact of a row that is identified by nothing else. */
    static final String GUEST = "CASE WHEN contact_alone = 1 THEN contact_fp END AS guest";

    final String held;
    final String acknowledge;
    final String supersede;
    final String retry;
    final String hurry;
    final String park;
    final String release;
    final String wake;

    CompletionSql(OutboxTables tables, Wording wording) {
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
}
