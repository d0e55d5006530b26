package io.yotposync.outbox;

import io.yotposync.customer.SourceVersions;
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

    /** The highest version that this state may replace; see {@link SourceVersions}. */
    public long outranksUpTo() {
        return SourceVersions.outranksUpTo(sourceVersion);
    }

    @Override
    public String toString() {
        return "Desired[" + key + ", fingerprint=" + fingerprint + ", sourceVersion=" + sourceVersion + ", origin="
                + origin + "]";
    }
}
