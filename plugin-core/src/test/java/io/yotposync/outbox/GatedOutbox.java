package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Takes states when it is told to, and remembers how they came; the rest is not needed here. */
final class GatedOutbox implements Outbox {

    final List<List<Desired>> written = new CopyOnWriteArrayList<>();
    final Semaphore entered = new Semaphore(0);
    final Semaphore gate = new Semaphore(0);
    volatile Consumer<Collection<Desired>> check = batch -> {};
    volatile Set<CustomerKey> refused = Set.of();

    static GatedOutbox open() {
        GatedOutbox outbox = new GatedOutbox();
        outbox.gate.release(1_000_000);
        return outbox;
    }

    @Override
    public Set<CustomerKey> upsert(Collection<Desired> batch, Instant now) {
        entered.release();
        gate.acquireUninterruptibly();
        check.accept(batch);
        written.add(List.copyOf(batch));
        return refused;
    }

    @Override
    public Set<StoreKey> dueStores(Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LaneLease> lease(StoreKey store, String node, Duration length, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(LaneLease lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Claim> claim(LaneLease lease, int max, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Claim> claimProbe(LaneLease lease, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collection<Completion> complete(Collection<? extends Completion> completions, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LedgerRow> find(CustomerKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LedgerRow> list(LedgerQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int requeue(LedgerQuery query, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<CustomerKey, LedgerMark> marks(Collection<CustomerKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int backlog(StoreKey store, int atMost) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void distrust(Collection<CustomerKey> keys, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<CustomerKey> forget(Collection<CustomerKey> keys, Instant unchangedSince) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<StoreKey, LedgerCounts> counts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean durable() {
        return true;
    }
}
