package io.yotposync.outbox;

import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.time.Instant;

/**
 * The state that a store should have of a customer.
 *
 * @param payload the body to send, personal data; kept only while it may have to be sent
 * @param fingerprint identifies the content: equal fingerprints need no second send
 * @param sourceVersion epoch milliseconds of the host's update; an older state never replaces a newer one
 * @param notBefore the earliest moment to send it, so that quick successive saves become one request
 */
public record Desired(
        CustomerKey key,
        String payload,
        Fingerprint fingerprint,
        long sourceVersion,
        Origin origin,
        Instant notBefore) {

    private static final long SECOND = 1000;

    /**
     * The highest version that this state may replace. A host that keeps whole seconds only, or reads back what its
     * database rounded, must not lose against the milliseconds of the same second.
     */
    public long outranksUpTo() {
        return sourceVersion % SECOND == 0 ? sourceVersion + SECOND - 1 : sourceVersion;
    }

    @Override
    public String toString() {
        return "Desired[" + key + ", fingerprint=" + fingerprint + ", sourceVersion=" + sourceVersion + ", origin="
                + origin + "]";
    }
}
