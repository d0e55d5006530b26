package io.yotposync.jdbc;

/**
 * What may be said to the database that was found.
 *
 * @param natively whether statements for it alone, where there are any
 * @param skipsLocked whether a query that it shall pass over rows that others hold locked
 */
record Wording(Dialect dialect, boolean natively, boolean skipsLocked) {

    private static final String SKIP_LOCKED = " FOR UPDATE SKIP LOCKED";

    /** Asks for nothing but whether it is understood: older versions do not know it, nor does HSQLDB. */
    static String skippingLocked(OutboxTables tables) {
        return "SELECT customer_id FROM " + tables.customerSync() + " WHERE 1 = 0" + SKIP_LOCKED;
    }

    /** Locks what a claim is about to take, passing over what a save is just changing. */
    String lockFree() {
        return skipsLocked ? SKIP_LOCKED : "";
    }
}
