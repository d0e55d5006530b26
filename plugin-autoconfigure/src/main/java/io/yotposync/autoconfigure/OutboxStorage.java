package io.yotposync.autoconfigure;

import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreStates;

/**
 * The outbox and the stores' states, which are always kept in one place.
 *
 * @param place for the start's line in the log
 */
public record OutboxStorage(Outbox outbox, StoreStates states, String place) {

    static OutboxStorage inMemory(int maxRows) {
        return new OutboxStorage(
                Outbox.inMemory(maxRows),
                StoreStates.inMemory(),
                "memory, what is waiting is lost when this process ends");
    }
}
