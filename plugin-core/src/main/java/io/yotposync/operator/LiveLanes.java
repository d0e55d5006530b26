package io.yotposync.operator;

import io.yotposync.dispatch.LaneStatus;
import io.yotposync.store.StoreKey;
import org.jspecify.annotations.Nullable;

/** What the sending side knows of a store on this node. Thread-safe; never blocks. */
@FunctionalInterface
public interface LiveLanes {

    /** As it stands this moment; {@code null} where nothing is known. */
    @Nullable
    LaneStatus of(StoreKey store);
}
