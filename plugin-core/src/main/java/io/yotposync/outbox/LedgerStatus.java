package io.yotposync.outbox;

/** Where a customer stands: the comparison of desired and acknowledged state. */
public enum LedgerStatus {
    /** Desired differs from acknowledged, or was not yet acknowledged. */
    PENDING,
    /** Yotpo acknowledged the desired state, or a later one of a customer whom it takes for this one. */
    IN_SYNC,
    /** Yotpo refused the desired state for good. */
    PARKED
}
