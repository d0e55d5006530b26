package io.yotposync.operator;

import java.util.List;

/** Remembers what operators did. Thread-safe; may do I/O and throws what its storage throws. */
public interface AuditLog {

    void add(AuditEntry entry);

    /** The newest first. */
    List<AuditEntry> newest(int limit);

    /** This process's own, lost when it ends. */
    static AuditLog inMemory(int maxEntries) {
        return new MemoryAuditLog(maxEntries);
    }
}
