package io.yotposync.dispatch;

import dev.failsafe.CircuitBreakerOpenException;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One send and its repetitions, seen as one: how it ends, whoever ends it. */
final class Send {

    /** Not an answer of Yotpo's: the breaker did not let the send go. */
    private static final Failure TURNED_AWAY = new Failure(FailureClass.OUTAGE, 0, "not sent: Yotpo does not answer");

    private static final Failure STOPPED = new Failure(FailureClass.OURS, 0, "not sent: the plugin was stopped");

    private final Supplier<CompletableFuture<Outcome>> attempt;

    private volatile @Nullable CompletableFuture<Outcome> underWay;
    private volatile @Nullable Outage uncertain;

    /** @param attempt makes one try */
    Send(Supplier<CompletableFuture<Outcome>> attempt) {
        this.attempt = attempt;
    }

    /**
     * Begins it.
     *
     * @param left of the lease
     * @param ends called once, on any thread; also told whether Yotpo may have taken an earlier try
     */
    @SuppressWarnings("FutureReturnValueIgnored") // every way it can end is told
    void by(SendPolicies policies, Duration left, BiConsumer<Outcome, Boolean> ends) {
        CompletableFuture<Outcome> outcome;
        try {
            outcome = policies.send(left, this::attempt);
        } catch (Throwable fault) {
            outcome = CompletableFuture.failedFuture(fault);
        }
        outcome.whenComplete((done, fault) -> {
            Outcome end = done != null ? done : outcomeOf(fault);
            giveUp(fault);
            Outage before = uncertain;
            ends.accept(before != null && end instanceof NotSent ? before : end, before != null);
        });
    }

    private CompletableFuture<Outcome> attempt() {
        CompletableFuture<Outcome> started = attempt.get();
        underWay = started;
        return started.whenComplete((outcome, fault) -> {
            Outcome end = outcome != null ? outcome : outcomeOf(fault);
            if (end instanceof Outage outage) {
                uncertain = outage; // Yotpo may have taken it: a repetition that is never sent does not undo that
            }
        });
    }

    private static Outcome outcomeOf(@Nullable Throwable fault) {
        if (fault instanceof CircuitBreakerOpenException) {
            return new NotSent(TURNED_AWAY);
        }
        if (fault instanceof RejectedExecutionException || fault instanceof CancellationException) {
            return new NotSent(STOPPED);
        }
        String name = fault == null ? "nothing" : fault.getClass().getSimpleName();
        return new Outage(new Failure(FailureClass.NETWORK, 0, "not completed: " + name));
    }

    /** Past its deadline it must not go on: the customer may be another node's by then. */
    private void giveUp(@Nullable Throwable fault) {
        CompletableFuture<Outcome> last = underWay;
        if (fault != null && last != null) {
            last.cancel(true);
        }
    }
}
