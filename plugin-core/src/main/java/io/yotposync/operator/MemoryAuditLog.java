package io.yotposync.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last entries of this process. */
final class MemoryAuditLog implements AuditLog {

    private final Deque<AuditEntry> entries = new ArrayDeque<>();
    private final int max;

    MemoryAuditLog(int max) {
        this.max = max;
    }

    @Override
    public synchronized void add(AuditEntry entry) {
        entries.addFirst(entry);
        if (entries.size() > max) {
            entries.removeLast();
        }
    }

    @Override
    public synchronized List<AuditEntry> newest(int limit) {
        return entries.stream().limit(limit).toList();
    }
}
