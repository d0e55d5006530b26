package io.yotposync.store;

import org.jspecify.annotations.Nullable;

/**
 * Where people of the shop, rather than the plugin's operators, switch stores: the host's own administration.
 *
 * <p>Asked on saving threads and before each send: thread-safe, returns at once, without I/O, and never throws.
 * A changed answer counts from the next question on. What was saved while a store was off is found by a scan, if whoever
 * switches the store on again sets {@link StoreState#catchUpNeeded()} by {@link StoreStates#update}.
 */
@FunctionalInterface
public interface HostSwitch {

    /** Whether the host wants the store to take customers; {@code null} if it says nothing of it. */
    @Nullable
    Boolean enabled(StoreKey store);
}
