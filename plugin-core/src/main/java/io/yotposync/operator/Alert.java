package io.yotposync.operator;

import io.yotposync.outbox.FailureClass;

/** Something that an operator should hear of; published by a host's event mechanism. No personal data. */
public sealed interface Alert {

    /** The store's key. */
    String store();

    /**
     * Nothing can be sent to a store until someone acts.
     *
     * @param reason redacted
     */
    record StoreHeld(String store, FailureClass kind, String reason) implements Alert {}

    /** A held store works again. */
    record StoreReleased(String store) implements Alert {}

    /**
     * More customers of a store stand refused than the host calls normal.
     *
     * @param parked how many
     * @param above the bound that was crossed
     */
    record TooManyParked(String store, long parked, long above) implements Alert {}

    /**
     * A scan stopped because it would change more than expected; it goes on once an operator says so.
     *
     * @param job which scan
     * @param question why, with numbers, ids of customers and names of fields
     */
    record ScanAsks(String store, String job, String question) implements Alert {}
}
