package io.yotposync.outbox;

import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;

/**
 * The right to send one customer's desired state, until the lease that it was claimed under ends.
 *
 * @param token of all that were claimed together, and of nothing else; whoever completes it must hold it
 * @param payload the body to send, personal data; empty where the outbox keeps none
 * @param fingerprint of the payload; what an acknowledgement will be recorded for
 * @param wanted what was desired when it was claimed; another where the payload was read anew
 * @param attempts how often this state was tried before
 * @param rival what stands against sending it
 */
public record Claim(
        CustomerKey key,
        String token,
        String payload,
        Fingerprint fingerprint,
        Fingerprint wanted,
        int attempts,
        Origin origin,
        Rival rival) {

    /** A claim without a rival. */
    public Claim(CustomerKey key, String token, String payload, Fingerprint fingerprint, int attempts, Origin origin) {
        this(key, token, payload, fingerprint, attempts, origin, Rival.NONE);
    }

    /** A claim for what is desired. */
    public Claim(
            CustomerKey key,
            String token,
            String payload,
            Fingerprint fingerprint,
            int attempts,
            Origin origin,
            Rival rival) {
        this(key, token, payload, fingerprint, fingerprint, attempts, origin, rival);
    }

    /** The same claim for another body. */
    public Claim with(String body, Fingerprint print) {
        return new Claim(key, token, body, print, wanted, attempts, origin, rival);
    }

    @Override
    public String toString() {
        return "Claim[" + key + ", token=" + token + ", attempts=" + attempts + "]";
    }
}
