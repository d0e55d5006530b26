package io.yotposync.outbox;

import static java.util.Objects.requireNonNull;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** So many rows, sorted by key, and each store's by when they are due. Read by any thread, else guarded by the outbox's lock. */
final class MemoryRows {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final int max;
    private final Map<CustomerKey, MemoryRow> rows = new ConcurrentHashMap<>();
    private final NavigableSet<CustomerKey> inOrder = new ConcurrentSkipListSet<>();
    private final Map<StoreKey, MemoryLane> lanes = new HashMap<>();
    private final Set<CustomerKey> inSync = new LinkedHashSet<>();
    private int size;
    private boolean forgetting;

    MemoryRows(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1");
        }
        this.max = max;
    }

    /** Any thread. */
    @Nullable
    MemoryRow get(CustomerKey key) {
        return rows.get(key);
    }

    /** In the order of their keys, those behind the given one; any thread. */
    Stream<MemoryRow> behind(@Nullable CustomerKey after) {
        return (after == null ? inOrder : inOrder.tailSet(after, false))
                .stream().map(rows::get).filter(Objects::nonNull);
    }

    /** Whether one more can be put; one that is in sync makes room if need be, the oldest first. */
    boolean hasRoom() {
        return size < max || makeRoom();
    }

    private boolean makeRoom() {
        Iterator<CustomerKey> oldest = inSync.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        if (!forgetting) {
            forgetting = true;
            LOG.warn(
                    "Yotpo sync: the outbox in memory remembers {} customers (yotpo.sync.outbox.max-rows) and there are"
                            + " more; scans send those again that it forgot",
                    max);
        }
        remove(requireNonNull(rows.get(oldest.next())));
        return true;
    }

    /** @param before what it replaces, {@code null} for nothing */
    void put(@Nullable MemoryRow before, MemoryRow after) {
        if (before == after) {
            return;
        }
        rows.put(after.key, after);
        if (before == null) {
            inOrder.add(after.key);
            size++;
        }
        lane(after.key.store()).replace(before, after);
        if (after.status != LedgerStatus.IN_SYNC) {
            inSync.remove(after.key);
        } else {
            inSync.add(after.key);
        }
    }

    void remove(MemoryRow row) {
        rows.remove(row.key);
        inOrder.remove(row.key);
        inSync.remove(row.key);
        lane(row.key.store()).replace(row, null);
        size--;
    }

    MemoryLane lane(StoreKey store) {
        return lanes.computeIfAbsent(store, any -> new MemoryLane());
    }

    Map<StoreKey, MemoryLane> lanes() {
        return lanes;
    }
}
