package io.yotposync.outbox;

import static java.util.Objects.requireNonNull;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread writes what waits, as many as came while it wrote the last: no linger when idle, large batches under load.
 * Where more waits than one write takes, a second write goes on beside it, on a thread that others have: a database has
 * processors for both.
 *
 * <p>While saves keep coming the writer looks by itself, every millisecond: to be woken costs the saving thread several
 * times what all the rest of a hand-over does. After a tenth of a second without any it sleeps, and the next save wakes it.
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
    private final Executor helpers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitList waitList;
    private volatile @Nullable Thread writer;

    /** A helper is called, or writes. */
    private boolean helped;

    /** A write broke off in a way of its own. */
    private volatile boolean broken;

    private boolean asleep;
    private boolean closing;
    private boolean stopped;
    private @Nullable Instant fullAt;

    GroupCommit(Outbox outbox, Clock clock, GroupCommitSettings settings, HandOverListener listener, Executor helpers) {
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.listener = new QuietListener(listener);
        this.helpers = helpers;
        waitList = new WaitList(settings);
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
        locked(() -> {
            stopped = closing && stopped;
        });
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
            if (closing) {
                return false;
            }
            if (!waitList.add(offered)) {
                fullAt = clock.instant();
                return false;
            }
            if (asleep) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** While memory is short anything may break off, and nobody else would write what waits. */
    private void writeUntilClosed() {
        boolean more = true;
        while (more) {
            try {
                more = writeNext();
            } catch (Throwable outOfMemory) {
                broken = true;
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private boolean writeNext() {
        WaitList.Write next = next();
        if (next.isEmpty()) {
            return false;
        }
        callForHelp();
        write(next);
        return true;
    }

    private void callForHelp() {
        if (locked(this::needsHelp)) {
            try {
                helpers.execute(this::help);
            } catch (Throwable e) { // closed, or no thread can be made: the writer goes on alone
                locked(() -> {
                    helped = false;
                });
            }
        }
    }

    private boolean needsHelp() {
        boolean needs = !helped && !stopped && waitList.overflows();
        helped |= needs;
        return needs;
    }

    /** One write, and then whatever else the thread is needed for before the next. */
    private void help() {
        try {
            WaitList.Write next =
                    locked(() -> !stopped && waitList.overflows() ? waitList.next(clock.instant()) : WaitList.NOTHING);
            if (!next.isEmpty()) {
                write(next);
            }
        } catch (Throwable outOfMemory) {
            broken = true;
        }
        locked(() -> {
            helped = false;
            tellWriter();
        });
        callForHelp();
    }

    /** Waits for work, after failures for their delay too; empty when there is nothing left to do. */
    private WaitList.Write next() {
        lock.lock();
        try {
            long delay = waitList.delay().toNanos();
            int looks = 0;
            while (!stopped && (hasMore() ? delay > 0 : !closing || waitList.size() > 0)) {
                if (waitList.hasMore()) {
                    // Whoever closes should not have to wait for a long delay to end.
                    delay = awaitNanos(
                            closing ? Math.min(delay, settings.firstRetry().toNanos()) : delay);
                } else {
                    awaitWork(looks++);
                }
            }
            return stopped || !waitList.hasMore() ? WaitList.NOTHING : waitList.next(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** What broke off is in no write any more, once the helper has none either. */
    private boolean hasMore() {
        if (broken && !helped) {
            broken = false;
            waitList.breakOff();
        }
        return waitList.hasMore();
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

    private void write(WaitList.Write write) {
        long start = System.nanoTime();
        Set<CustomerKey> refused;
        try {
            refused = outbox.upsert(write.desired(), clock.instant());
        } catch (Throwable e) { // the only writer must outlive whatever a driver throws
            failed(write, e);
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        // Bit by bit, for saves wait for the lock.
        write.states().forEach(one -> locked(() -> waitList.written(one)));
        locked(() -> {
            waitList.written(write);
            tellWriter();
        });
        listener.written(Waiting.taken(write.states(), refused, this::giveUp), took);
    }

    private void failed(WaitList.Write write, Throwable cause) {
        Instant now = clock.instant();
        Waiting hopeless = locked(() -> {
            tellWriter();
            return waitList.failed(write, now);
        });
        listener.failed(cause);
        if (hopeless != null) {
            giveUp(hopeless);
        }
    }

    /** It may sleep until a write of the helper's ends. */
    private void tellWriter() {
        if (asleep) {
            changed.signal();
        }
    }

    private void giveUp(Waiting one) {
        one.refused();
        listener.givenUp(one.key());
    }

    @Override
    public HandOverState state() {
        return locked(() -> new HandOverState(
                waitList.size(), settings.capacity(), waitList.failingSince(clock.instant(), HANGING), fullAt));
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
        List<Waiting> left = locked(() -> {
            closing = true;
            stopped = stop;
            changed.signalAll();
            return stop ? waitList.all() : List.of();
        });
        left.forEach(Waiting::refused);
        return left.size();
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
