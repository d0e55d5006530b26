package io.yotposync.scan;

import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Collection;

/** Small work that comes round, on the scanning thread of the one node that scans; keeps its own time. */
@FunctionalInterface
public interface Chore {

    /**
     * Called about once a second; takes seconds at most.
     *
     * @param stores that are switched on
     * @param scans where all scans stand
     */
    void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now);
}
