package io.yotposync.dispatch;

import dev.failsafe.CircuitBreaker;
import io.yotposync.client.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store's circuit breaker: opens after a run of outages, lets a single send through after a while, and stays open
 * longer each time that one fails. Thread-safe.
 */
final class StoreBreaker {

    static final int FAILURES_TO_OPEN = 5;
    static final Duration FIRST_OPEN = Duration.ofSeconds(2);
    static final Duration LONGEST_OPEN = Duration.ofSeconds(30);

    private static final int MAX_DOUBLINGS = 10;

    private final CircuitBreaker<Outcome> policy;
    private final AtomicInteger openings = new AtomicInteger();

    /**
     * @param opened run when an outage begins, not when a probe in it fails
     * @param closed run when it is over
     */
    StoreBreaker(Duration firstOpen, Runnable opened, Runnable closed) {
        policy = CircuitBreaker.<Outcome>builder()
                .handleResultIf(this::isFailure)
                .withFailureThreshold(FAILURES_TO_OPEN)
                .withSuccessThreshold(1)
                .withDelay(firstOpen)
                .withDelayFn(context -> openTime(firstOpen, openings.get()))
                .onOpen(event -> {
                    if (openings.incrementAndGet() == 1) {
                        opened.run();
                    }
                })
                .onClose(event -> {
                    if (openings.getAndSet(0) > 0) {
                        closed.run();
                    }
                })
                .build();
    }

    /** A probe that never reached Yotpo proves nothing. */
    private boolean isFailure(Outcome outcome) {
        return outcome instanceof Outcome.Outage || (outcome instanceof Outcome.NotSent && policy.isHalfOpen());
    }

    static Duration openTime(Duration first, int before) {
        Duration grown = first.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
        return grown.compareTo(LONGEST_OPEN) > 0 ? LONGEST_OPEN : grown;
    }

    CircuitBreaker<Outcome> policy() {
        return policy;
    }

    /**
     * A send came to its time limit. One that waited for a thread until then was never begun, and its permit is not given
     * back: as a probe it would have been the last.
     */
    void ranOutOfTime() {
        if (policy.isHalfOpen()) {
            policy.open();
        }
    }

    /** How long sends will be turned away. */
    Duration openFor() {
        return policy.isOpen() ? policy.getRemainingDelay() : Duration.ZERO;
    }

    /** Whether the store has to prove itself with a single send first. */
    boolean isProbing() {
        return !policy.isClosed();
    }

    LaneStatus.Breaker state() {
        return switch (policy.getState()) {
            case CLOSED -> LaneStatus.Breaker.CLOSED;
            case OPEN -> LaneStatus.Breaker.OPEN;
            case HALF_OPEN -> LaneStatus.Breaker.HALF_OPEN;
        };
    }
}
