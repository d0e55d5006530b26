package io.yotposync.scan;

/** What a scan counts. */
public enum Tally {
    /** Customers that there were about, when the scan began; 0 if unknown. */
    TOTAL,
    /** Customers looked at. */
    SCANNED,
    /** Yotpo has them, or they wait to be sent, as they are. */
    UNCHANGED,
    /** Written to the outbox, or only would be in a dry run. */
    ENQUEUED,
    /** Of another store. */
    OTHER_STORE,
    /** A newer state of them is on its way, or may be: the next scan looks again. */
    OVERTAKEN,
    /** Nothing identifies them. */
    SKIPPED_ANONYMOUS,
    /** What could identify them is malformed. */
    SKIPPED_INVALID_CONTACT,
    /** Registered, but without a usable identifier. */
    SKIPPED_NO_IDENTIFIER,
    /** A customizer broke the identifiers. */
    SKIPPED_CUSTOMIZER,
    /** Could not be read in full, or not mapped. */
    SKIPPED_FAILED,
    /** Older than the plugin and never backfilled: left to a backfill. */
    NOT_BACKFILLED,
    /** Yotpo acknowledged an earlier state of them; the tripwire's measure. */
    KNOWN,
    /** Of the known: a field becomes another. */
    ALTERED,
    /** Of the known: a consent becomes another. */
    CONSENT_CHANGED,
    /** Of the known: a field is no longer there. */
    BLANKED,
    /** Sent without consent, which a backfill does not change. */
    CONSENT_HELD_BACK,
    /** Rows of the ledger looked at for customers that are gone. */
    ROWS,
    /** Customers gone or made anonymous. */
    GONE,
    /** Of these: rows whose customer is no longer there, and whose end is news; the tripwire's measure. */
    MISSING,
    /** Of these: to be disabled in Yotpo. */
    DISABLED,
    /** Of these: Yotpo cannot be told, for nothing is left that identifies them. */
    OUT_OF_REACH,
    /** Rows deleted: nothing had been sent, or the retention time is over. */
    PURGED,
    /** 1 if an operator let the scan go on in spite of the tripwire. */
    CONFIRMED,
    /** 1 if the scan was told to send consent. */
    WITH_CONSENT,
    /** 1 if the scan is to be quick. */
    URGENT,
    /** Not among the few that may be sent from here. */
    SKIPPED_NOT_ALLOWED
}
