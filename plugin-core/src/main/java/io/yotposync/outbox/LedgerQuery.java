package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to look at; {@code null} means any.
 *
 * @param after only rows behind this key in the order of store, then customer id: the last key of the page before
 * @param limit at most this many, 1 to {@value #MAX_LIMIT}
 */
public record LedgerQuery(
        @Nullable StoreKey store,
        @Nullable LedgerStatus status,
        @Nullable FailureClass failure,
        @Nullable String customerId,
        @Nullable CustomerKey after,
        int limit) {

    public static final int MAX_LIMIT = 1000;

    public LedgerQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
        }
    }

    public static LedgerQuery all() {
        return new LedgerQuery(null, null, null, null, null, MAX_LIMIT);
    }

    public static LedgerQuery parked() {
        return all().withStatus(LedgerStatus.PARKED);
    }

    /** The same, for refused rows where it names no status. */
    public LedgerQuery parkedByDefault() {
        return status == null ? withStatus(LedgerStatus.PARKED) : this;
    }

    /** How rows that are made due again by this query are sent. */
    public Origin requeuedAs() {
        return customerId == null ? Origin.SCAN : Origin.LIVE;
    }

    public LedgerQuery withStore(@Nullable StoreKey value) {
        return new LedgerQuery(value, status, failure, customerId, after, limit);
    }

    public LedgerQuery withStatus(@Nullable LedgerStatus value) {
        return new LedgerQuery(store, value, failure, customerId, after, limit);
    }

    public LedgerQuery withFailure(@Nullable FailureClass value) {
        return new LedgerQuery(store, status, value, customerId, after, limit);
    }

    public LedgerQuery withCustomer(@Nullable String value) {
        return new LedgerQuery(store, status, failure, value, after, limit);
    }

    public LedgerQuery after(@Nullable CustomerKey value) {
        return new LedgerQuery(store, status, failure, customerId, value, limit);
    }

    public LedgerQuery withLimit(int value) {
        return new LedgerQuery(store, status, failure, customerId, after, value);
    }
}
