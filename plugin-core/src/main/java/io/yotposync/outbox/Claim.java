package io.yotposync.outbox;

import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;

/**
 * The right to send one customer's desired state, until the lease that it was claimed under ends.
 *
 * @param token unique to this claim; whoever completes it must hold it
 * @param payload the body to send, personal data
 * @param fingerprint of the payload; what an acknowledgement will be recorded for
 * @param attempts how often this state was tried before
 * @param rivalled whether the customer is identified by a contact alone that a customer with an external id has too;
 *     sending it would overwrite that one's profile
 */
public record Claim(
        CustomerKey key,
        String token,
        String payload,
        Fingerprint fingerprint,
        int attempts,
        Origin origin,
        boolean rivalled) {

    /** A claim without a rival. */
    public Claim(CustomerKey key, String token, String payload, Fingerprint fingerprint, int attempts, Origin origin) {
        this(key, token, payload, fingerprint, attempts, origin, false);
    }

    /** The same claim for another body. */
    public Claim with(String body, Fingerprint print) {
        return new Claim(key, token, body, print, attempts, origin, rivalled);
    }

    @Override
    public String toString() {
        return "Claim[" + key + ", token=" + token + ", attempts=" + attempts + "]";
    }
}
