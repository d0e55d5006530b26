package io.yotposync.operator;

import io.yotposync.scan.Foresight;
import io.yotposync.store.CustomerKey;
import org.jspecify.annotations.Nullable;

/**
 * Whether the shop has a customer, and what a store would be told of it next, by a save or by the sweep; nothing is sent.
 * Called on operators' threads; thread-safe. May do I/O, and throws what its source throws.
 */
@FunctionalInterface
public interface CustomerCheck {

    /** {@code null} where customers cannot be read from here. */
    Foresight.@Nullable Seen of(CustomerKey customer);

    /** There is no way to read customers. */
    static CustomerCheck absent() {
        return customer -> null;
    }

    /** Whether this node looks by itself for what no event told. */
    default boolean scans() {
        return true;
    }

    /** The same on a node that leaves scans to others. */
    default CustomerCheck withoutScans() {
        CustomerCheck same = this;
        return new CustomerCheck() {
            @Override
            public Foresight.@Nullable Seen of(CustomerKey customer) {
                return same.of(customer);
            }

            @Override
            public boolean scans() {
                return false;
            }
        };
    }
}
