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
}
