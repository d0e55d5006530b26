package io.yotposync.operator;

import java.time.Instant;
import java.util.List;

/**
 * Remembers what operators did. Called on operators' threads, and once an hour on one of the plugin's own; thread-safe, may
 * do I/O and throws what its storage throws. That keeps nobody from acting, but from seeing a customer in the clear.
 */
public interface AuditLog {

    /** Written when it returns. Without personal data but the customer's id and what the operator gave as a reason. */
    void add(AuditEntry entry);

    /** At most so many, the newest first. */
    List<AuditEntry> newest(int limit);

    /**
     * Forgets what is older.
     *
     * @return how many entries that were
     */
    default int forget(Instant before) {
        return 0;
    }

    /** This process's own, lost when it ends. */
    static AuditLog inMemory(int maxEntries) {
        return new MemoryAuditLog(maxEntries);
    }
}
