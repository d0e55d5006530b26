package io.yotposync.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends work that takes too long. In place of Failsafe's own time-out, which for asynchronous work runs on a thread of
 * Failsafe's and on the common pool whatever scheduler it is given: a host that blocks the pool would block it as well.
 */
final class TimeLimit {

    private final ScheduledExecutorService threads;

    TimeLimit(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    /** Completes as the work does, or with a {@link TimeoutException}; the work is cancelled then. */
    @SuppressWarnings("FutureReturnValueIgnored") // every way it can end is passed on
    <T> CompletableFuture<T> within(Duration limit, Supplier<? extends CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> timer;
        CompletableFuture<T> started;
        try {
            timer = threads.schedule(
                    () -> result.completeExceptionally(new TimeoutException()), limit.toNanos(), TimeUnit.NANOSECONDS);
            started = work.get().toCompletableFuture();
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
        started.whenComplete((value, fault) -> {
            if (fault == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(fault);
            }
        });
        result.whenComplete((value, fault) -> {
            timer.cancel(false);
            if (fault != null) {
                started.cancel(false);
            }
        });
        return result;
    }
}
