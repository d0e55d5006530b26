package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in this process's memory: changed under a lock held for microseconds, read without it. */
final class MemoryOutbox implements Outbox {

    private final FieldDigest fields;
    private final Object lock = new Object();
    private final MemoryRows rows;

    MemoryOutbox(int maxRows, FieldDigest fields) {
        rows = new MemoryRows(maxRows);
        this.fields = fields;
    }

    @Override
    public Set<CustomerKey> upsert(Collection<Desired> batch, Instant now) {
        Set<CustomerKey> refused = Set.of();
        for (Desired state : batch) {
            synchronized (lock) {
                MemoryRow row = rows.get(state.key());
                if (row != null) {
                    rows.put(row, row.wanting(state, now));
                } else if (rows.hasRoom()) {
                    rows.put(null, new MemoryRow(state, now));
                } else {
                    refused = refused.isEmpty() ? new LinkedHashSet<>() : refused;
                    refused.add(state.key());
                }
            }
        }
        return refused;
    }

    @Override
    public Set<StoreKey> dueStores(Instant now) {
        Set<StoreKey> due = new TreeSet<>();
        synchronized (lock) {
            rows.lanes().forEach((store, lane) -> {
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
            MemoryLane lane = rows.lane(store);
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
            MemoryLane lane = rows.lane(lease.store());
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
            MemoryLane lane = rows.lane(lease.store());
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
                    rows.put(row, claimed);
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
        List<MemoryRow> over = new ArrayList<>();
        for (Completion completion : completions) {
            Claim claim = completion.claim();
            // Before the lock, which saves wait for; while the claim holds the row, nothing else changes what was said
            // of it.
            String sent = completion instanceof Completion.Acknowledged ? fieldsOf(claim) : null;
            synchronized (lock) {
                MemoryRow row = rows.get(claim.key());
                if (row != null && claim.token().equals(row.token)) {
                    MemoryRow ended = row.completed(completion, sent, now);
                    rows.put(row, ended);
                    if (completion instanceof Completion.Acknowledged || completion instanceof Completion.Parked) {
                        over.add(ended);
                    }
                } else {
                    lost.add(completion);
                }
            }
        }
        over.forEach(ended -> wakeThoseWhoWait(ended, now));
        return lost;
    }

    /** Only now: who waits for it may be among those that came to their end with it. */
    private void wakeThoseWhoWait(MemoryRow ended, Instant now) {
        synchronized (lock) {
            rows.lane(ended.key.store())
                    .waitingFor(ended, now)
                    .forEach(waiting -> rows.put(waiting, waiting.woken(now)));
        }
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
                    rows.put(row, row.requeued(wanted.requeuedAs(), now));
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
            return rows.lane(row.key.store()).isSuperseded(row);
        }
    }

    @Override
    public int backlog(StoreKey store, int atMost) {
        synchronized (lock) {
            return Math.min(rows.lane(store).size(), atMost);
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
                    rows.put(row, change.apply(row));
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
                    rows.remove(row);
                } else if (row != null) {
                    left.add(key);
                }
            }
        }
        return left;
    }

    private Stream<MemoryRow> matching(LedgerQuery query) {
        return rows.behind(query.after()).filter(row -> matches(query, row)).limit(query.limit());
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
        rows.behind(null).forEach(row -> counts.merge(row.key.store(), countOf(row), LedgerCounts::plus));
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
