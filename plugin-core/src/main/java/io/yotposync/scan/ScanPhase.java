package io.yotposync.scan;

/** Through which list a scan goes. */
public enum ScanPhase {
    /** The host's customers. */
    CUSTOMERS,
    /** The ledger's rows, for customers that are gone. */
    LEDGER
}
