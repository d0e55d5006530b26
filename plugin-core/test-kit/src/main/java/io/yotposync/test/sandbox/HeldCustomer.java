package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What the sandbox holds of a customer.
 *
 * @param customer all that was accepted, merged
 * @param upserts how often one was accepted
 * @param visibleAt from when a look-up shows it
 */
public record HeldCustomer(JsonNode customer, long upserts, Instant acceptedAt, Instant visibleAt) {

    @Override
    public String toString() {
        return "HeldCustomer[upserts=" + upserts + ", acceptedAt=" + acceptedAt + "]";
    }
}
