package io.yotposync.outbox;

import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;

/**
 * The right of one node to drain one store, so that the store's rate holds over all nodes.
 *
 * @param fence grows with every change of holder; part of every claim token made under the lease
 * @param until when it ends unless renewed; claims made under it end with it
 */
public record LaneLease(StoreKey store, String node, long fence, Instant until) {

    /**
     * A lease that ends later than this was taken by a clock that was ahead: nobody waits for it.
     *
     * @param length of a lease here; other nodes may be configured otherwise
     */
    public static Instant beyondAny(Duration length, Instant now) {
        return now.plus(length.multipliedBy(4));
    }
}
