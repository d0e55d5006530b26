package io.yotposync.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time and threads in the hands of a test: what is due runs on the test's own thread when it moves time on. */
final class ManualThreads extends AbstractExecutorService implements ScheduledExecutorService {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final PriorityQueue<Task<?>> tasks =
            new PriorityQueue<>(Comparator.<Task<?>>comparingLong(t -> t.at).thenComparingLong(t -> t.number));
    private long now;
    private long numbers;
    private boolean shutdown;
    boolean outOfMemory;
    private Duration clockOffset = Duration.ZERO;

    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return START.plusNanos(now).plus(clockOffset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    long nanos() {
        return now;
    }

    /** Puts the wall clock on or back, as an operator or NTP would. */
    void jump(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** Runs what is due now, and what that leads to. */
    void settle() {
        advance(Duration.ZERO);
    }

    void advance(Duration by) {
        long until = now + by.toNanos();
        int budget = 20_000_000;
        for (Task<?> next = tasks.peek(); next != null && next.at <= until; next = tasks.peek()) {
            if (budget-- == 0) {
                throw new IllegalStateException("it never comes to rest");
            }
            tasks.poll();
            now = Math.max(now, next.at);
            next.run();
        }
        now = until;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // as any executor does
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(
                () -> {
                    command.run();
                    return Boolean.TRUE;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, unit);
    }

    private <V> ScheduledFuture<V> add(Callable<V> what, long delay, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        if (outOfMemory) {
            throw new OutOfMemoryError("Java heap space");
        }
        Task<V> task = new Task<>(what, now + Math.max(0, unit.toNanos(delay)), numbers++);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = new ArrayList<>(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long at;
        private final long number;

        Task(Callable<V> what, long at, long number) {
            super(what);
            this.at = at;
            this.number = number;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            tasks.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** A store's gate that lets requests through in this time. */
    RequestGate gate(double rate) {
        return new RequestGate(new AdaptiveRate(rate, nanos()), this, clock, this::nanos);
    }
}
