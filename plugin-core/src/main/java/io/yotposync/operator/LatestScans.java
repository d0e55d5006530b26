package io.yotposync.operator;

import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each store's scans stood when they were looked up last, for callers that must not wait. Thread-safe. */
final class LatestScans {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Function<StoreKey, Scans> storage;
    private final Clock clock;
    private final Executor threads;
    private final Map<StoreKey, Scans> known = new ConcurrentHashMap<>();

    /** @param threads where the storage is asked while nobody waits */
    LatestScans(Function<StoreKey, Scans> storage, Clock clock, Executor threads) {
        this.storage = storage;
        this.clock = clock;
        this.threads = threads;
    }

    /** What is known, looked up anew behind the caller unless that was just done. Never blocks. */
    Scans lastKnown(StoreKey store) {
        Scans last = known.getOrDefault(store, Scans.NONE);
        Instant now = clock.instant();
        if (last.at().plus(FRESH).isBefore(now) || last.at().isAfter(now)) { // the clock was put back
            known.put(store, last.at(now));
            try {
                threads.execute(() -> refresh(store));
            } catch (RejectedExecutionException stopping) {
                return last;
            }
        }
        return last;
    }

    /** As they stand now; does I/O and throws what the storage throws. */
    Scans look(StoreKey store) {
        Scans now = storage.apply(store);
        known.put(store, now);
        return now;
    }

    /** The same beside what the caller is about: a storage that fails takes nothing of that back. */
    void refresh(StoreKey store) {
        try {
            look(store);
        } catch (RuntimeException storageFails) {
            LOG.debug(
                    "Yotpo sync: what was last known of the scans stands: {}",
                    storageFails.getClass().getName());
        }
    }
}
