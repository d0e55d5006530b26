package io.yotposync.scan;

/** What a scan does about the shopper's choices about marketing. */
enum ConsentRule {
    /** A backfill: Yotpo may know a newer choice, so none is told that differs from what was acknowledged. */
    HOLD_BACK,
    /** Catch-up, which stands for events that were not heard: choices are told, except those once held back. */
    FOLLOW,
    /** Told to send all, those held back too. */
    TELL
}
