package io.yotposync.outbox;

import static java.util.Objects.requireNonNull;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thread writes what waits, as many as came while it wrote the last: no linger when idle, large batches under load.
 *
 * <p>While saves keep coming the writer looks by itself, every millisecond: to be woken costs the saving thread several
 * times what all the rest of a hand-over does. After a tenth of a second without any it sleeps, and the next save wakes it.
 *
 * <p>A state stays in the map until it is written, so that the bound holds for all of them and a failed write loses
 * nothing. After a failure batches shrink to one, and what fails alone goes behind the others: a single state that the
 * storage will never take cannot hold up the rest.
 */
final class GroupCommit implements HandOver {

    private static final long LOOK_NANOS = 1_000_000;
    private static final int LOOKS = 100;

    /** A write that takes longer counts as failing: its database answers nobody. */
    private static final Duration HANGING = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Clock clock;
    private final GroupCommitSettings settings;
    private final QuietListener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<CustomerKey, Waiting> waiting = new LinkedHashMap<>();
    private volatile @Nullable Thread writer;
    private boolean asleep;
    private boolean closing;
    private boolean stopped;

    private int batchSize;
    private int failures;
    private long written;
    private volatile @Nullable Instant failingSince;
    private volatile @Nullable Instant writingSince;
    private @Nullable Instant fullAt;

    GroupCommit(Outbox outbox, Clock clock, GroupCommitSettings settings, HandOverListener listener) {
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.listener = new QuietListener(listener);
        batchSize = settings.maxBatch();
    }

    @Override
    public void open() {
        lock.lock();
        try {
            Thread before = writer;
            if (before == null || closing) {
                closing = false;
                writer = new Thread(() -> writeAfter(before), "yotpo-sync-outbox");
                writer.setDaemon(true);
                writer.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is one writer at a time: the former may hang in its last write still. */
    @SuppressWarnings("ThreadJoinLoop") // a loop it is
    private void writeAfter(@Nullable Thread before) {
        while (before != null && before.isAlive()) {
            try {
                before.join();
            } catch (InterruptedException e) {
                // Nobody may stop this thread but close().
            }
        }
        lock.lock();
        try {
            stopped = closing && stopped;
        } finally {
            lock.unlock();
        }
        writeUntilClosed();
    }

    @Override
    public boolean offer(Desired state) {
        return take(new Waiting(state, List.of()));
    }

    @Override
    public CompletableFuture<Void> offerDurably(Desired state) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        if (!take(new Waiting(state, List.of(told)))) {
            told.completeExceptionally(new RefusedException(state.key()));
        }
        return told;
    }

    private boolean take(Waiting offered) {
        lock.lock();
        try {
            Waiting before = waiting.get(offered.key());
            if (closing) {
                return false;
            }
            if (before == null && waiting.size() >= settings.capacity()) {
                fullAt = clock.instant();
                return false;
            }
            waiting.put(offered.key(), before == null ? offered : before.merge(offered));
            if (asleep) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        List<Waiting> batch = next();
        while (!batch.isEmpty()) {
            write(batch);
            batch = next();
        }
    }

    /** Waits for work, after failures for their delay too; empty when there is nothing left to do. */
    private List<Waiting> next() {
        lock.lock();
        try {
            long delay = failures == 0 ? 0 : settings.wait(failures).toNanos();
            int looks = 0;
            while (!stopped && (waiting.isEmpty() ? !closing : delay > 0)) {
                if (waiting.isEmpty()) {
                    awaitWork(looks++);
                } else {
                    // Whoever closes should not have to wait for a long delay to end.
                    delay = awaitNanos(
                            closing ? Math.min(delay, settings.firstRetry().toNanos()) : delay);
                }
            }
            return stopped
                    ? List.of()
                    : waiting.values().stream().limit(batchSize).toList();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitWork(int looks) {
        if (looks < LOOKS) {
            awaitNanos(LOOK_NANOS);
            return;
        }
        asleep = true;
        changed.awaitUninterruptibly();
        asleep = false;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private long awaitNanos(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody may stop this thread but close().
            return 0;
        }
    }

    private void write(List<Waiting> batch) {
        long start = System.nanoTime();
        Set<CustomerKey> refused;
        try {
            writingSince = clock.instant();
            refused = outbox.upsert(batch.stream().map(Waiting::state).toList(), clock.instant());
        } catch (Throwable e) { // the only writer must outlive whatever a driver throws
            failed(batch, e);
            return;
        } finally {
            writingSince = null;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        failures = 0;
        failingSince = null;
        written += batch.size();
        batchSize = Math.min(settings.maxBatch(), batchSize * 2);
        remove(batch);
        listener.written(Waiting.taken(batch, refused, this::giveUp), took);
    }

    private void failed(List<Waiting> batch, Throwable cause) {
        Instant now = clock.instant();
        failures++;
        failingSince = failingSince == null ? now : failingSince;
        batchSize = Math.max(1, batch.size() / 2);
        listener.failed(cause);
        if (batch.size() == 1) {
            Waiting alone = batch.get(0);
            if (alone.failedAlone(written)) {
                remove(batch);
                giveUp(alone);
            } else {
                moveBack(alone);
            }
        }
    }

    private void giveUp(Waiting one) {
        one.refused();
        listener.givenUp(one.key());
    }

    /** Leaves those alone that became newer meanwhile. Bit by bit, for saves wait for the lock. */
    private void remove(List<Waiting> batch) {
        batch.forEach(one -> {
            lock.lock();
            try {
                waiting.remove(one.key(), one);
            } finally {
                lock.unlock();
            }
        });
    }

    private void moveBack(Waiting one) {
        lock.lock();
        try {
            Waiting now = waiting.remove(one.key());
            if (now != null) {
                waiting.put(one.key(), now);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HandOverState state() {
        lock.lock();
        try {
            return new HandOverState(waiting.size(), settings.capacity(), failingOrHanging(), fullAt);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Instant failingOrHanging() {
        Instant failing = failingSince;
        Instant writing = writingSince;
        boolean hangs = writing != null && writing.plus(HANGING).isBefore(clock.instant());
        return failing == null && hangs ? writing : failing;
    }

    @Override
    public int close(Duration atMost) {
        signal(false);
        Thread current = requireNonNull(writer);
        try {
            // Never interrupted: some drivers close a whole database when a thread in them is.
            TimeUnit.NANOSECONDS.timedJoin(current, atMost.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return signal(true);
    }

    private int signal(boolean stop) {
        List<Waiting> left;
        lock.lock();
        try {
            closing = true;
            stopped = stop;
            left = stop ? new ArrayList<>(waiting.values()) : List.of();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(Waiting::refused);
        return left.size();
    }
}
