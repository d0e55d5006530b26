package io.yotposync.store;

/**
 * One customer in one store: the ledger's key, which sorts by store and then by customer.
 *
 * @param customerId the host's key of the customer, not personal data by itself
 */
public record CustomerKey(StoreKey store, String customerId) implements Comparable<CustomerKey> {

    /** A save makes dozens of these, mostly within one store. */
    @Override
    @SuppressWarnings("ReferenceEquality") // a short cut
    public int compareTo(CustomerKey other) {
        int byStore = store == other.store ? 0 : store.compareTo(other.store);
        return byStore != 0 ? byStore : customerId.compareTo(other.customerId);
    }

    @Override
    public String toString() {
        return store + "/" + customerId;
    }
}
