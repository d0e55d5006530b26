package io.yotposync.outbox;

/** Where a desired state came from; live saves are sent before the work of scans. */
public enum Origin {
    /** A save in the host, or an operator's wish for one customer. Un-parks a parked row even if its content is the same. */
    LIVE,
    /** A backfill or catch-up scan, or an operator's wish for many. Leaves a parked row with the same content parked. */
    SCAN
}
