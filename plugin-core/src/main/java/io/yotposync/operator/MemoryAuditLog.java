package io.yotposync.operator;

import java.time.Instant;
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

    @Override
    public synchronized int forget(Instant before) {
        int size = entries.size();
        entries.removeIf(entry -> entry.at().isBefore(before));
        return size - entries.size();
    }
}
