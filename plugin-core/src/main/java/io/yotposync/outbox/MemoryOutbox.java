package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows in a sorted map: changed under a lock held for microseconds, read without it. */
final class MemoryOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final int maxRows;
    private final FieldDigest fields;
    private final Object lock = new Object();
    private final NavigableMap<CustomerKey, MemoryRow> rows = new ConcurrentSkipListMap<>();
    private final Map<StoreKey, MemoryLane> lanes = new HashMap<>();
    private final Set<CustomerKey> inSync = new LinkedHashSet<>();
    private int size;
    private boolean forgetting;

    MemoryOutbox(int maxRows, FieldDigest fields) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1");
        }
        this.maxRows = maxRows;
        this.fields = fields;
    }

    @Override
    public Set<CustomerKey> upsert(Collection<Desired> batch, Instant now) {
        Set<CustomerKey> refused = Set.of();
        for (Desired state : batch) {
            synchronized (lock) {
                MemoryRow row = rows.get(state.key());
                if (row != null) {
                    put(row, row.wanting(state, now));
                } else if (size < maxRows || makeRoom()) {
                    put(null, new MemoryRow(state, now));
                } else {
                    refused = refused.isEmpty() ? new LinkedHashSet<>() : refused;
                    refused.add(state.key());
                }
            }
        }
        return refused;
    }

    private boolean makeRoom() {
        Iterator<CustomerKey> oldest = inSync.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        CustomerKey key = oldest.next();
        oldest.remove();
        if (!forgetting) {
            forgetting = true;
            LOG.warn(
                    "Yotpo sync: the outbox in memory remembers {} customers (yotpo.sync.outbox.max-rows) and there are"
                            + " more; scans send those again that it forgot",
                    maxRows);
        }
        lane(key.store()).replace(rows.remove(key), null);
        size--;
        return true;
    }

    private void put(@Nullable MemoryRow before, MemoryRow after) {
        if (before == after) {
            return;
        }
        rows.put(after.key, after);
        size += before == null ? 1 : 0;
        lane(after.key.store()).replace(before, after);
        if (after.status != LedgerStatus.IN_SYNC) {
            inSync.remove(after.key);
        } else {
            inSync.add(after.key);
        }
    }

    private MemoryLane lane(StoreKey store) {
        return lanes.computeIfAbsent(store, any -> new MemoryLane());
    }

    @Override
    public Set<StoreKey> dueStores(Instant now) {
        Set<StoreKey> due = new TreeSet<>();
        synchronized (lock) {
            lanes.forEach((store, lane) -> {
                if (!lane.due(1, now).isEmpty()) {
                    due.add(store);
                }
            });
        }
        return due;
    }

    @Override
    public Optional<LaneLease> lease(StoreKey store, String node, Duration length, Instant now) {
        synchronized (lock) {
            MemoryLane lane = lane(store);
            LaneLease held = lane.lease;
            boolean running = held != null
                    && held.until().isAfter(now)
                    && !held.until().isAfter(LaneLease.beyondAny(length, now));
            if (held != null && running && !held.node().equals(node)) {
                return Optional.empty();
            }
            long fence = held == null ? 1 : held.fence() + (running ? 0 : 1);
            LaneLease lease = new LaneLease(store, node, fence, now.plus(length));
            lane.lease = lease;
            return Optional.of(lease);
        }
    }

    @Override
    public void release(LaneLease lease) {
        synchronized (lock) {
            MemoryLane lane = lane(lease.store());
            if (holds(lane, lease)) {
                lane.lease = new LaneLease(lease.store(), lease.node(), lease.fence(), Instant.EPOCH);
            }
        }
    }

    private static boolean holds(MemoryLane lane, LaneLease lease) {
        LaneLease held = lane.lease;
        return held != null && held.node().equals(lease.node()) && held.fence() == lease.fence();
    }

    @Override
    public List<Claim> claim(LaneLease lease, int max, Instant now) {
        return claim(lease, now, lane -> lane.due(max, now));
    }

    @Override
    public Optional<Claim> claimProbe(LaneLease lease, Instant now) {
        return claim(lease, now, lane -> lane.probe(now)).stream().findFirst();
    }

    private List<Claim> claim(LaneLease lease, Instant now, Function<MemoryLane, List<MemoryRow>> choice) {
        List<Claim> claims = new ArrayList<>();
        String token = lease.fence() + "-" + UUID.randomUUID();
        synchronized (lock) {
            MemoryLane lane = lane(lease.store());
            LaneLease held = lane.lease;
            if (held == null
                    || !holds(lane, lease)
                    || !lease.until().isAfter(now)
                    || !held.until().isAfter(now)) {
                return claims;
            }
            for (MemoryRow row : choice.apply(lane)) {
                String payload = row.payload;
                if (payload != null) {
                    MemoryRow claimed = row.claimed(token, lease.until(), now);
                    put(row, claimed);
                    claims.add(new Claim(
                            row.key,
                            token,
                            payload,
                            row.desired,
                            claimed.attempts,
                            row.origin,
                            lane.rivalOf(row, token, now)));
                }
            }
        }
        return claims;
    }

    @Override
    public Collection<Completion> complete(Collection<? extends Completion> completions, Instant now) {
        List<Completion> lost = new ArrayList<>();
        for (Completion completion : completions) {
            Claim claim = completion.claim();
            // Before the lock, which saves wait for; while the claim holds the row, nothing else changes what was said
            // of it.
            String sent = completion instanceof Completion.Acknowledged ? fieldsOf(claim) : null;
            synchronized (lock) {
                MemoryRow row = rows.get(claim.key());
                if (row != null && claim.token().equals(row.token)) {
                    MemoryRow ended = row.completed(completion, sent, now);
                    put(row, ended);
                    if (completion instanceof Completion.Acknowledged || completion instanceof Completion.Parked) {
                        lane(ended.key.store())
                                .waitingFor(ended, now)
                                .forEach(waiting -> put(waiting, waiting.woken(now)));
                    }
                } else {
                    lost.add(completion);
                }
            }
        }
        return lost;
    }

    private @Nullable String fieldsOf(Claim claim) {
        MemoryRow row = rows.get(claim.key());
        return fields.of(claim, row == null ? null : row.acknowledgedFields);
    }

    @Override
    public Optional<LedgerRow> find(CustomerKey key) {
        return Optional.ofNullable(rows.get(key)).map(MemoryRow::visible);
    }

    @Override
    public List<LedgerRow> list(LedgerQuery query) {
        return matching(query).map(MemoryRow::visible).toList();
    }

    @Override
    public int requeue(LedgerQuery query, Instant now) {
        LedgerQuery wanted = query.parkedByDefault();
        int count = 0;
        for (CustomerKey key : matching(wanted).map(row -> row.key).toList()) {
            synchronized (lock) {
                MemoryRow row = rows.get(key);
                if (row != null && row.status == wanted.status() && row.payload != null) {
                    put(row, row.requeued(now));
                    count++;
                }
            }
        }
        return count;
    }

    @Override
    public Map<CustomerKey, LedgerMark> marks(Collection<CustomerKey> keys) {
        Map<CustomerKey, LedgerMark> marks = new HashMap<>();
        keys.forEach(key -> marks.computeIfAbsent(key, any -> {
            MemoryRow row = rows.get(key);
            return row == null ? null : row.mark(isSuperseded(row));
        }));
        return marks;
    }

    private boolean isSuperseded(MemoryRow row) {
        synchronized (lock) {
            return lane(row.key.store()).isSuperseded(row);
        }
    }

    @Override
    public int backlog(StoreKey store, int atMost) {
        synchronized (lock) {
            return Math.min(lane(store).size(), atMost);
        }
    }

    @Override
    public void distrust(Collection<CustomerKey> keys, Instant now) {
        change(keys, row -> row.status == LedgerStatus.IN_SYNC && row.token == null ? row.distrusted(now) : row);
    }

    private void change(Collection<CustomerKey> keys, UnaryOperator<MemoryRow> change) {
        for (CustomerKey key : keys) {
            synchronized (lock) {
                MemoryRow row = rows.get(key);
                if (row != null) {
                    put(row, change.apply(row));
                }
            }
        }
    }

    @Override
    public Set<CustomerKey> forget(Collection<CustomerKey> keys, Instant unchangedSince) {
        Set<CustomerKey> left = new LinkedHashSet<>();
        for (CustomerKey key : keys) {
            synchronized (lock) {
                MemoryRow row = rows.get(key);
                if (row != null && row.isFree(unchangedSince) && !row.updatedAt.isAfter(unchangedSince)) {
                    remove(row);
                } else if (row != null) {
                    left.add(key);
                }
            }
        }
        return left;
    }

    private void remove(MemoryRow row) {
        rows.remove(row.key);
        inSync.remove(row.key);
        lane(row.key.store()).replace(row, null);
        size--;
    }

    private Stream<MemoryRow> matching(LedgerQuery query) {
        CustomerKey after = query.after();
        NavigableMap<CustomerKey, MemoryRow> behind = after == null ? rows : rows.tailMap(after, false);
        return behind.values().stream().filter(row -> matches(query, row)).limit(query.limit());
    }

    private static boolean matches(LedgerQuery query, MemoryRow row) {
        Failure failure = row.failure;
        return (query.store() == null || query.store().equals(row.key.store()))
                && (query.status() == null || query.status() == row.status)
                && (query.failure() == null || (failure != null && query.failure() == failure.kind()))
                && (query.customerId() == null || query.customerId().equals(row.key.customerId()));
    }

    @Override
    public Map<StoreKey, LedgerCounts> counts() {
        Map<StoreKey, LedgerCounts> counts = new HashMap<>();
        rows.values().forEach(row -> counts.merge(row.key.store(), countOf(row), LedgerCounts::plus));
        return counts;
    }

    private static LedgerCounts countOf(MemoryRow row) {
        return switch (row.status) {
            case PENDING -> new LedgerCounts(1, 0, 0, row.pendingSince);
            case IN_SYNC -> new LedgerCounts(0, 1, 0, null);
            case PARKED -> new LedgerCounts(0, 0, 1, null);
        };
    }

    @Override
    public boolean durable() {
        return false;
    }
}
