package io.yotposync.dispatch;

import io.yotposync.client.HttpReply;
import io.yotposync.client.NotPermittedException;
import io.yotposync.client.RateHeaders;
import io.yotposync.dispatch.AdaptiveRate.Sent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a store's requests through in their order, each when the rate permits. Nobody waits on a thread. Who would have
 * to wait long is turned away: long waits live in the outbox.
 */
final class RequestGate {

    /** As Yotpo recommends where a refusal names no time. */
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofSeconds(3);

    private final AdaptiveRate rate;
    private final long longestWait;
    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Future<?> timer;
    private long requests;

    private record Waiting(
            Supplier<? extends CompletionStage<HttpReply>> request, CompletableFuture<HttpReply> result) {}

    RequestGate(AdaptiveRate rate, ScheduledExecutorService threads, Clock clock, LongSupplier nanos) {
        this.rate = rate;
        this.longestWait = rate.longestStep().plus(LONG).toNanos();
        this.threads = threads;
        this.clock = clock;
        this.nanos = nanos;
    }

    CompletableFuture<HttpReply> pass(Supplier<? extends CompletionStage<HttpReply>> request) {
        Waiting entry = new Waiting(request, new CompletableFuture<>());
        synchronized (this) {
            waiting.addLast(entry);
        }
        letGo();
        return entry.result;
    }

    private void letGo() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        waiting.removeIf(entry -> entry.result.isDone());
        if (waiting.isEmpty()) {
            return null;
        }
        long now = nanos.getAsLong();
        Sent place = rate.take(now);
        if (place == null) {
            long wait = rate.nanosUntilNext(now);
            if (wait > longestWait) {
                return turnedAway();
            }
            plan(wait);
            return null;
        }
        Waiting entry = waiting.removeFirst();
        requests++;
        return () -> make(entry, place);
    }

    private Runnable turnedAway() {
        List<Waiting> all = new ArrayList<>(waiting);
        waiting.clear();
        return () -> all.forEach(
                entry -> entry.result.completeExceptionally(new NotPermittedException("the store's rate is used up")));
    }

    private void plan(long wait) {
        if (timer != null) {
            timer.cancel(false);
        }
        try {
            timer = threads.schedule(this::letGo, wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            timer = null; // nothing is sent any more; the claims end with their lease
        }
    }

    private void make(Waiting entry, Sent place) {
        CompletionStage<HttpReply> reply;
        try {
            reply = entry.request.get();
        } catch (Throwable fault) {
            reply = CompletableFuture.failedFuture(fault);
        }
        reply.whenComplete((answer, fault) -> {
            learn(place, answer);
            if (fault == null) {
                entry.result.complete(answer);
            } else {
                entry.result.completeExceptionally(fault);
            }
            letGo();
        });
    }

    private void learn(Sent place, @Nullable HttpReply answer) {
        long now = nanos.getAsLong();
        if (answer == null) {
            rate.unanswered(place, now);
            return;
        }
        RateHeaders said = RateHeaders.of(answer.headers());
        if (answer.asksToSlowDown()) {
            Duration asked = answer.asksToWait(clock.instant());
            rate.refused(place, said, asked == null ? DEFAULT_WAIT : asked, now);
        } else {
            rate.answered(place, said, now);
        }
    }

    /** How long nothing will be let through. */
    Duration closedFor() {
        long wait = rate.nanosUntilNext(nanos.getAsLong());
        return wait > longestWait ? Duration.ofNanos(wait) : Duration.ZERO;
    }

    /** How many were let through. */
    synchronized long requests() {
        return requests;
    }

    double rate() {
        return rate.current(nanos.getAsLong());
    }
}
