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
 */
public record Claim(
        CustomerKey key, String token, String payload, Fingerprint fingerprint, int attempts, Origin origin) {

    @Override
    public String toString() {
        return "Claim[" + key + ", token=" + token + ", attempts=" + attempts + "]";
    }
}
