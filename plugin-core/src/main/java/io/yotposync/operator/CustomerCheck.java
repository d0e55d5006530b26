package io.yotposync.operator;

import io.yotposync.scan.Foresight;
import io.yotposync.store.CustomerKey;
import org.jspecify.annotations.Nullable;

/**
 * What a store would be sent of a customer if the shop saved it now; nothing is sent. Called on operators' threads;
 * thread-safe. May do I/O, and throws what its source throws.
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
