package io.yotposync.payload;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.StoreKey;

/**
 * Has the last word on what is sent. Runs on the saving thread for each store, after the mapping, in the order of the
 * beans; it must not do I/O. What it throws makes this customer be skipped for this store, counted and logged by the
 * exception's type alone.
 */
@FunctionalInterface
public interface CustomerPayloadCustomizer {

    /**
     * @param payload filled so far; every value set on it is cleaned. {@code phone_number} and custom properties are sent
     *     only where the store's settings turn them on
     * @param customer what the payload was made of
     */
    void customize(CustomerPayload.Builder payload, CustomerSnapshot customer, StoreKey store);
}
