package io.yotposync.store;

/**
 * One customer in one store: the ledger's key.
 *
 * @param customerId the host's key of the customer, not personal data by itself
 */
public record CustomerKey(StoreKey store, String customerId) {

    @Override
    public String toString() {
        return store + "/" + customerId;
    }
}
