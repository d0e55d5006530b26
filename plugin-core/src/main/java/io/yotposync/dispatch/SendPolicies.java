package io.yotposync.dispatch;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import io.yotposync.client.Outcome;
import io.yotposync.store.SendingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * One store's Failsafe policies. A send is one customer; it may take several requests (a token, a repetition after a
 * rejected token), each of which counts against Yotpo's rate.
 *
 * <pre>{@code
 * send     →  Deadline( Retry( CircuitBreaker( client ) ) )
 *                                                 │  each request that the client makes
 * request  →                                      RateLimiter( Timeout( HTTP ) )
 * }</pre>
 *
 * The deadline is outermost, so that a send ends before its lease does. A repetition goes through the breaker like any
 * other send. The rate limiter stands before the time-out, so that waiting for a permit is not taken for a slow answer.
 * Only short waits are bridged here; long ones live in the outbox.
 */
final class SendPolicies {

    static final int FAILURES_TO_OPEN = 5;
    static final Duration OPEN_FOR = Duration.ofSeconds(5);

    /** Keeps the spacing of requests a little above the permitted one, for the jitter of the network. */
    private static final double HEADROOM = 1.015;

    private static final Duration RETRY_FROM = Duration.ofMillis(200);
    private static final Duration RETRY_TO = Duration.ofSeconds(1);

    private final CircuitBreaker<Outcome> breaker;
    private final FailsafeExecutor<Outcome> sends;
    private final FailsafeExecutor<Object> requests;

    SendPolicies(SendingSettings settings, Runnable opened, Runnable closed, ScheduledExecutorService threads) {
        breaker = CircuitBreaker.<Outcome>builder()
                .handleResultIf(Outcome.Outage.class::isInstance)
                .withFailureThreshold(FAILURES_TO_OPEN)
                .withSuccessThreshold(1)
                .withDelay(OPEN_FOR)
                .onOpen(event -> opened.run())
                .onClose(event -> closed.run())
                .build();
        RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
                .handleResultIf(Outcome.Outage.class::isInstance)
                .handleIf(fault -> !(fault instanceof CircuitBreakerOpenException))
                .withMaxRetries(1)
                .withBackoff(RETRY_FROM, RETRY_TO)
                .withJitter(0.5)
                .build();
        Timeout<Outcome> deadline = Timeout.<Outcome>builder(
                        settings.lease().multipliedBy(2).dividedBy(3))
                .build();
        sends = Failsafe.with(deadline, retry, breaker).with(threads);
        requests = Failsafe.with(requestPolicies(settings)).with(threads);
    }

    private static List<Policy<Object>> requestPolicies(SendingSettings settings) {
        List<Policy<Object>> policies = new ArrayList<>();
        if (settings.rateLimit() > 0) {
            Duration spacing = Duration.ofNanos(Math.round(1e9 * HEADROOM / settings.rateLimit()));
            policies.add(RateLimiter.smoothBuilder(spacing)
                    .withMaxWaitTime(settings.lease().dividedBy(2))
                    .build());
        }
        policies.add(Timeout.builder(settings.requestTimeout()).build());
        return policies;
    }

    /** Completes as the send does, or exceptionally if the breaker did not let it go or it took too long. */
    CompletableFuture<Outcome> send(Supplier<CompletableFuture<Outcome>> send) {
        return sends.getStageAsync(send::get);
    }

    /** One HTTP request of a send. */
    @SuppressWarnings("unchecked") // what comes out is what the request put in
    <T> CompletableFuture<T> request(Supplier<? extends CompletionStage<T>> request) {
        return (CompletableFuture<T>) requests.getStageAsync(() -> (CompletionStage<Object>) request.get());
    }

    /** Whether sends would be turned away at the moment. */
    boolean isOpen() {
        return breaker.isOpen() && !breaker.getRemainingDelay().isZero();
    }

    /** Whether the store has to prove itself with a single send first. */
    boolean isProbing() {
        return !breaker.isClosed();
    }

    String breakerState() {
        return breaker.getState().name();
    }
}
