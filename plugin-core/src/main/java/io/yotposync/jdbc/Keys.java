package io.yotposync.jdbc;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Keys in queries. One query looks for the customers of all stores: it may find an id in another store too, which the
 * caller leaves aside.
 */
final class Keys {

    private Keys() {}

    static CustomerKey of(ResultSet row) throws SQLException {
        return new CustomerKey(new StoreKey(row.getString("store_id")), row.getString("customer_id"));
    }

    static <T> List<String> stores(Collection<? extends T> values, Function<T, CustomerKey> key) {
        return InList.padded(values.stream()
                .map(value -> key.apply(value).store().value())
                .distinct()
                .toList());
    }

    static <T> List<String> customers(Collection<? extends T> values, Function<T, CustomerKey> key) {
        return InList.padded(values.stream()
                .map(value -> key.apply(value).customerId())
                .distinct()
                .toList());
    }
}
