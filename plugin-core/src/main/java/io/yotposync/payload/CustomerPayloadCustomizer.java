package io.yotposync.payload;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.StoreKey;

/**
 * Has the last word on what is sent. Runs once for each store that takes the customer, after the mapping, in the order
 * of the beans or in which customizers were added.
 *
 * <p>On saving threads, and on the plugin's own and operators' at the same time: thread-safe, and without I/O. The same
 * customer must come out the same, for a payload that differs is sent: no clock, no random. What it throws makes this
 * customer be skipped for this store, counted and logged by the exception's type alone.
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
