package io.yotposync.dispatch;

import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.yotposync.client.HttpReply;
import io.yotposync.client.Outcome;
import io.yotposync.store.SendingSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What stands around one store's sends and requests. A send is one customer; it may take several requests (a token, a
 * repetition after a rejected token), each of which counts against Yotpo's rate.
 *
 * <pre>{@code
 * send     →  TimeLimit( Retry( StoreBreaker( client ) ) )
 *                                               │  each request that the client makes
 * request  →                                    RequestGate( TimeLimit( HTTP ) )
 * }</pre>
 *
 * <p>The time limit of a send is outermost, so that a send ends before its lease does. A repetition goes through the
 * breaker like any other send. The gate, which keeps the rate, stands before the time limit of a request, so that waiting
 * for a place is not taken for a slow answer. Only short waits are bridged here; long ones live in the outbox.
 */
final class SendPolicies {

    private static final Duration RETRY_FROM = Duration.ofMillis(200);
    private static final Duration RETRY_TO = Duration.ofSeconds(1);

    private final StoreBreaker breaker;
    private final RequestGate gate;
    private final FailsafeExecutor<Outcome> sends;
    private final TimeLimit limit;
    private final Duration deadline;
    private final Duration requestTimeout;

    SendPolicies(SendingSettings settings, StoreBreaker breaker, RequestGate gate, ScheduledExecutorService threads) {
        this.breaker = breaker;
        this.gate = gate;
        RetryPolicy<Outcome> retry = RetryPolicy.<Outcome>builder()
                // Who says how long it lasts is not asked again at once.
                .handleResultIf(outcome -> outcome instanceof Outcome.Outage outage && outage.asked() == null)
                .handleIf(fault -> !(fault instanceof CircuitBreakerOpenException))
                .withMaxRetries(1)
                .withBackoff(RETRY_FROM, RETRY_TO)
                .withJitter(0.5)
                .build();
        sends = Failsafe.with(retry, breaker.policy()).with(threads);
        deadline = settings.lease().multipliedBy(2).dividedBy(3);
        requestTimeout = settings.requestTimeout();
        limit = new TimeLimit(threads);
    }

    /**
     * Completes as the send does, or exceptionally if the breaker did not let it go or it took too long.
     *
     * @param left of the lease
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the breaker looks on
    CompletableFuture<Outcome> send(Duration left, Supplier<CompletableFuture<Outcome>> send) {
        Duration longest = left.compareTo(deadline) < 0 ? left : deadline;
        CompletableFuture<Outcome> result = limit.within(longest, () -> sends.getStageAsync(send::get));
        result.whenComplete((outcome, fault) -> {
            if (fault instanceof TimeoutException) {
                breaker.ranOutOfTime();
            }
        });
        return result;
    }

    /** One HTTP request of a send. */
    CompletableFuture<HttpReply> request(Supplier<? extends CompletionStage<HttpReply>> request) {
        return gate.pass(() -> limit.within(requestTimeout, request));
    }

    /** What has to be left of the lease for a send to begin: the time for a token and the customer. */
    Duration least() {
        return requestTimeout.multipliedBy(2);
    }

    StoreBreaker breaker() {
        return breaker;
    }

    /** How long no request will be let through. */
    Duration closedFor() {
        return gate.closedFor();
    }

    /** How many requests were made. */
    long requests() {
        return gate.requests();
    }

    /** Requests a second that are allowed at the moment; 0 for no limit. */
    double rate() {
        return gate.rate();
    }
}
