package io.yotposync.prepare;

import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;

/** What a store is to have of a customer, or why nothing. */
public sealed interface Prepared {

    /**
     * To be sent.
     *
     * @param desired ready for the outbox
     */
    record Ready(Desired desired) implements Prepared {}

    /** Nothing is sent. */
    record Skipped(SkipReason reason) implements Prepared {}
}
