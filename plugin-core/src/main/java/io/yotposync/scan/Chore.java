package io.yotposync.scan;

import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Collection;

/**
 * Small work that comes round, on one of the plugin's own threads and on one node at a time unless said otherwise; keeps its
 * own time. May do I/O; what it throws is logged by its type and keeps neither other chores nor scans from their work.
 */
@FunctionalInterface
public interface Chore {

    /**
     * Called once a second, and more often while scans go on; takes seconds at most.
     *
     * @param stores that are switched on
     * @param scans where all scans stand
     */
    void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now);
}
