package io.yotposync.autoconfigure;

import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreStates;

/**
 * The outbox, the stores' states and what operators did, which are always kept in one place.
 *
 * @param place for the start's line in the log
 */
public record OutboxStorage(Outbox outbox, StoreStates states, AuditLog audit, String place) {

    private static final int REMEMBERED_ACTIONS = 500;

    static OutboxStorage inMemory(int maxRows) {
        return new OutboxStorage(
                Outbox.inMemory(maxRows),
                StoreStates.inMemory(),
                auditInMemory(),
                "memory, what is waiting is lost when this process ends");
    }

    static AuditLog auditInMemory() {
        return AuditLog.inMemory(REMEMBERED_ACTIONS);
    }
}
