package io.yotposync.autoconfigure;

import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.StoreStates;
import org.jspecify.annotations.Nullable;

/**
 * The outbox, the stores' states, the scans' and what operators did, which are always kept in one place.
 *
 * @param place for the start's line in the log
 * @param atomicWriter writes within transactions of the host's, {@code null} where the outbox is not in its database
 */
public record OutboxStorage(
        Outbox outbox,
        StoreStates states,
        ScanStates scans,
        AuditLog audit,
        String place,
        @Nullable AtomicWriter atomicWriter) {

    private static final int REMEMBERED_ACTIONS = 500;

    static OutboxStorage inMemory(int maxRows, FieldDigest fields) {
        return new OutboxStorage(
                Outbox.inMemory(maxRows, fields),
                StoreStates.inMemory(),
                ScanStates.inMemory(),
                auditInMemory(),
                "memory, what is waiting is lost when this process ends",
                null);
    }

    static AuditLog auditInMemory() {
        return AuditLog.inMemory(REMEMBERED_ACTIONS);
    }
}
