package io.yotposync.jdbc;

import org.jspecify.annotations.Nullable;

/** How due rows are found and taken. */
final class ClaimSql {

    /** The next store in order that has anything pending. */
    final String nextStore;

    final String due;

    /** Of what is due, what was never tried. */
    final String untried;

    /** To be put behind either of them. */
    final String lock;

    final String take;
    final String taken;

    /** Both in one; {@code null} where the database knows no such statement. */
    final @Nullable String takeAndTell;

    ClaimSql(OutboxTables tables, Wording wording) {
        Dialect dialect = wording.dialect();
        boolean natively = wording.natively();
        String table = tables.customerSync();
        String free = " AND status = 'P' AND next_attempt_at <= :now AND lease_until <= :now";
        // Ordered by the whole index, though most of it is the same for all: H2 and HSQLDB would sort otherwise.
        nextStore = "SELECT store_id FROM " + table
                + " WHERE status = 'P' AND store_id > :store ORDER BY status, store_id" + dialect.first("1");
        String candidates = "SELECT customer_id" + (natively ? ", ctid" : "") + " FROM " + table
                + " WHERE store_id = :store AND origin = :origin" + free;
        String inOrder = " ORDER BY status, store_id, origin, next_attempt_at" + dialect.first(":max");
        due = candidates + inOrder;
        untried = candidates + " AND attempts = 0 AND failure_kind IS NULL" + inOrder;
        lock = wording.lockFree();
        // The same condition in words that no index has: a planner without statistics would walk the whole backlog
        // instead of looking up the few keys.
        String stillFree =
                " AND status <> 'S' AND status <> 'D' AND next_attempt_at + 0 <= :now AND lease_until <= :now";
        // The token last: MySQL would see the new one in the cases before it.
        String taking = " SET attempts = CASE WHEN lease_token IS NULL THEN attempts ELSE attempts + 1 END,"
                + " failure_kind = CASE WHEN lease_token IS NULL THEN failure_kind ELSE :abandoned END,"
                + " failure_status = CASE WHEN lease_token IS NULL THEN failure_status ELSE 0 END,"
                + " failure_reason = CASE WHEN lease_token IS NULL THEN failure_reason ELSE :reason END,"
                + " lease_until = :until, updated_at = :now, lease_token = :token WHERE";
        take = "UPDATE " + table + taking + " store_id = :store AND customer_id IN (:customers)" + stillFree;
        String columns = "c.customer_id, c.payload, c.desired_fp, c.attempts, c.origin, "
                + new Rivals(tables).strongest() + " AS rival";
        taken = "SELECT " + columns + " FROM " + table
                + " c WHERE c.store_id = :store AND c.customer_id IN (:customers) AND c.lease_token = :token";
        // Where they are: a planner whose statistics are missing or old would read the whole store for any few keys.
        // The store in words that no index has, lest it be looked up by that.
        takeAndTell = natively
                ? "UPDATE " + table + " AS c" + taking
                        + " c.ctid = ANY(CAST(:places AS tid[])) AND c.store_id || '' = :store" + stillFree
                        + " RETURNING " + columns
                : null;
    }
}
