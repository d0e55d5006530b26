package io.yotposync.autoconfigure;

import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.StoreStates;
import java.util.Optional;

/**
 * The outbox, the stores' states, the scans' and what operators did, which are always kept in one place.
 *
 * @param place for the start's line in the log
 * @param atomicWriter writes within transactions of the host's, empty where the outbox is not in its database
 */
public record OutboxStorage(
        Outbox outbox,
        StoreStates states,
        ScanStates scans,
        AuditLog audit,
        String place,
        Optional<AtomicWriter> atomicWriter) {

    private static final String HOSTS_OWN = "the host's own";
    private static final int REMEMBERED_ACTIONS = 500;

    static OutboxStorage inMemory(int maxRows, FieldDigest fields) {
        return beside(Outbox.inMemory(maxRows, fields), "memory, what is waiting is lost when this process ends");
    }

    /** Whatever that keeps: the rest is in memory. */
    static OutboxStorage besideHosts(Outbox outbox) {
        return beside(outbox, HOSTS_OWN);
    }

    /** Whether the host has an outbox of its own. */
    public boolean isHostsOwn() {
        return place.equals(HOSTS_OWN);
    }

    private static OutboxStorage beside(Outbox outbox, String place) {
        return new OutboxStorage(
                outbox, StoreStates.inMemory(), ScanStates.inMemory(), auditInMemory(), place, Optional.empty());
    }

    static AuditLog auditInMemory() {
        return AuditLog.inMemory(REMEMBERED_ACTIONS);
    }
}
