package io.yotposync.dispatch;

import dev.failsafe.CircuitBreakerOpenException;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What follows from an answer: for the row, for the store's shared state, for the listener. One store's. */
final class LaneReactions {

    /** Not an answer of Yotpo's: the breaker did not let the send go. */
    private static final Failure NOT_SENT = new Failure(FailureClass.OUTAGE, 0, "not sent: Yotpo does not answer");

    /** Yotpo's own recommendation where a 429 names no time. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration FIRST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(15);

    private final StoreKey store;
    private final LanePorts ports;
    private final Backoff outages;
    private final Backoff waits;
    private final Backoff holds;

    private int slowDowns;
    private int rejections;

    LaneReactions(StoreKey store, SendingSettings settings, LanePorts ports, DoubleSupplier random) {
        this.store = store;
        this.ports = ports;
        outages = new Backoff(settings.retryDelay(), settings.maxRetryDelay(), random);
        waits = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        holds = new Backoff(FIRST_HOLD, LONGEST_HOLD, random);
    }

    /** The outcome of a send that did not reach the client, or that the client did not end. */
    static Outcome outcomeOf(@Nullable Throwable fault) {
        if (fault instanceof CircuitBreakerOpenException) {
            return new Outage(NOT_SENT);
        }
        String name = fault == null ? "nothing" : fault.getClass().getSimpleName();
        return new Outage(new Failure(FailureClass.NETWORK, 0, "not completed: " + name));
    }

    Reaction to(Answer answer, Instant now) {
        Claim claim = answer.claim();
        Outcome outcome = answer.outcome();
        if (outcome instanceof Accepted) {
            return accepted(answer, now);
        }
        if (outcome instanceof SlowDown slowDown) {
            return slowDown(claim, slowDown, now);
        }
        if (outcome instanceof Unauthorized unauthorized) {
            return unauthorized(claim, unauthorized.failure(), now);
        }
        if (outcome instanceof Refused refused) {
            return new Reaction(
                    new Completion.Parked(claim, refused.failure()),
                    () -> ports.listener().parked(claim.key(), refused.failure()));
        }
        return outage(claim, ((Outage) outcome).failure(), now);
    }

    private Reaction accepted(Answer answer, Instant now) {
        slowDowns = 0;
        rejections = 0;
        Claim claim = answer.claim();
        return new Reaction(new Completion.Acknowledged(claim, null), () -> {
            ports.listener().delivered(claim.key(), Duration.between(answer.sent(), now));
            if (ports.states().get(store).held() != null) {
                ports.states().update(store, StoreState::released);
                ports.listener().released(store);
            }
        });
    }

    private Reaction slowDown(Claim claim, SlowDown answer, Instant now) {
        Duration asked = answer.asked();
        Duration wait = asked == null ? waits.after(slowDowns) : asked;
        slowDowns++;
        Instant until = now.plus(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
        return new Reaction(new Completion.RetryAt(claim, until, false, answer.failure()), () -> {
            Instant known = ports.states().get(store).waitUntil();
            if (known == null || known.isBefore(until)) {
                ports.states().update(store, state -> state.waitingUntil(until));
                ports.listener().waiting(store, answer.failure(), until);
            }
        });
    }

    private Reaction unauthorized(Claim claim, Failure failure, Instant now) {
        return new Reaction(new Completion.Released(claim), () -> {
            StoreState known = ports.states().get(store);
            boolean first = known.held() == null;
            Instant until = known.heldUntil();
            if (first || until == null || !until.isAfter(now)) {
                Instant next = now.plus(holds.after(rejections++));
                ports.states().update(store, state -> state.heldFor(failure.reason(), next));
            }
            if (first) {
                ports.listener().held(store, failure);
            }
        });
    }

    private Reaction outage(Claim claim, Failure failure, Instant now) {
        if (failure.equals(NOT_SENT)) {
            return new Reaction(new Completion.Released(claim), () -> {});
        }
        Instant at = now.plus(outages.after(claim.attempts()));
        return new Reaction(
                new Completion.RetryAt(claim, at, true, failure),
                () -> ports.listener().retrying(claim.key(), failure, at));
    }
}
