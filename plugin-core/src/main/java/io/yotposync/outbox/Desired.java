package io.yotposync.outbox;

import io.yotposync.customer.SourceVersions;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state that a store should have of a customer.
 *
 * @param payload the body to send, personal data; kept only while it may have to be sent
 * @param fingerprint identifies the content: equal fingerprints need no second send
 * @param sourceVersion epoch milliseconds of the host's update; an older state never replaces a newer one
 * @param notBefore the earliest moment to send it, so that quick successive saves become one request
 * @param contact the e-mail or phone number as a fingerprint, {@code null} if the payload has neither
 */
public record Desired(
        CustomerKey key,
        String payload,
        Fingerprint fingerprint,
        long sourceVersion,
        Origin origin,
        Instant notBefore,
        @Nullable Contact contact) {

    /** A state without a contact. */
    public Desired(
            CustomerKey key,
            String payload,
            Fingerprint fingerprint,
            long sourceVersion,
            Origin origin,
            Instant notBefore) {
        this(key, payload, fingerprint, sourceVersion, origin, notBefore, null);
    }

    /** The highest version that this state may replace; see {@link SourceVersions}. */
    public long outranksUpTo() {
        return SourceVersions.outranksUpTo(sourceVersion);
    }

    /** Whether it may replace a state of this version, now. */
    public boolean mayReplace(long version, Instant now) {
        return outranksUpTo() >= version || SourceVersions.isAhead(version, now);
    }

    /** The later of its own version and another's, as far as that is believable now. */
    public long laterVersion(long other, Instant now) {
        return SourceVersions.isAhead(other, now) ? sourceVersion : Math.max(sourceVersion, other);
    }

    /** The same as of another time. */
    public Desired withVersion(long version) {
        return new Desired(key, payload, fingerprint, version, origin, notBefore, contact);
    }

    /** The same with another content. */
    public Desired withBody(String body, Fingerprint print) {
        return new Desired(key, body, print, sourceVersion, origin, notBefore, contact);
    }

    @Override
    public String toString() {
        return "Desired[" + key + ", fingerprint=" + fingerprint + ", sourceVersion=" + sourceVersion + ", origin="
                + origin + "]";
    }
}
