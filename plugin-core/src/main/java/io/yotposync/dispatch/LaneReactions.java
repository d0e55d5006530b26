package io.yotposync.dispatch;

import dev.failsafe.CircuitBreakerOpenException;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.client.Waits;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.Rival;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What follows from an answer: for the row, for the store's shared state, for the listener. One store's. */
final class LaneReactions {

    /** Not an answer of Yotpo's: the breaker did not let the send go. */
    private static final Failure NOT_SENT = new Failure(FailureClass.OUTAGE, 0, "not sent: Yotpo does not answer");

    private static final String ALONE =
            "rejected as if by its token, while other customers are taken with the same one";

    private static final Failure STOPPED = new Failure(FailureClass.OURS, 0, "not sent: the plugin was stopped");

    /** Yotpo's own recommendation where a 429 names no time. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration FIRST_HOLD = Duration.ofMinutes(1);
    private static final int MOST_SUSPECTS = 1_000;
    static final Duration LONGEST_HOLD = Duration.ofMinutes(15);

    private final StoreKey store;
    private final LanePorts ports;
    private final Backoff outages;
    private final Backoff waits;
    private final Backoff holds;
    private final Rivalry rivalry;

    private int slowDowns;
    private Instant refusedUntil = Instant.MIN;
    private int rejections;
    private @Nullable Credentials rejected;
    private @Nullable Credentials replacing;

    /** Customers whose request was rejected as if by its token, and when first. */
    private final Map<CustomerKey, Instant> suspects = new HashMap<>();

    /** When the latest request was sent that Yotpo took the token of. */
    private Instant provenAt = Instant.MIN;

    LaneReactions(StoreKey store, SendingSettings settings, LanePorts ports, DoubleSupplier random) {
        this.store = store;
        this.ports = ports;
        rivalry = new Rivalry(ports.listener());
        outages = new Backoff(settings.retryDelay(), settings.maxRetryDelay(), random);
        waits = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        holds = new Backoff(FIRST_HOLD, LONGEST_HOLD, random);
    }

    /**
     * The outcome of a send that did not reach the client, or that the client did not end.
     *
     * @param last its last request, if it came to one: where the breaker turned the repetition away, the send ended as
     *     that did. As one that was never sent, it would be the first again when the store is tried.
     */
    static Outcome outcomeOf(@Nullable Throwable fault, @Nullable CompletableFuture<Outcome> last) {
        if (fault instanceof CircuitBreakerOpenException) {
            Outcome never = new NotSent(NOT_SENT);
            return last == null || last.isCompletedExceptionally() ? never : last.getNow(never);
        }
        if (fault instanceof RejectedExecutionException || fault instanceof CancellationException) {
            return new NotSent(STOPPED);
        }
        String name = fault == null ? "nothing" : fault.getClass().getSimpleName();
        return new Outage(new Failure(FailureClass.NETWORK, 0, "not completed: " + name));
    }

    Reaction to(Answer answer, Instant now) {
        Claim claim = answer.claim();
        Outcome outcome = answer.outcome();
        if (claim.rival() != Rival.NONE) {
            return rivalry.to(claim, now);
        }
        if (outcome instanceof Accepted accepted) {
            return accepted(answer, accepted, now);
        }
        if (outcome instanceof SlowDown slowDown) {
            return slowDown(claim, slowDown, now);
        }
        if (outcome instanceof Unauthorized unauthorized) {
            return unauthorized(answer, unauthorized.failure(), now);
        }
        if (outcome instanceof Refused refused) {
            return new Reaction(new Completion.Parked(claim, refused.failure()), () -> {
                if (refused.failure().status() > 0) {
                    release(answer); // Yotpo read the customer, so it took the token
                }
                ports.listener().parked(claim.key(), refused.failure());
            });
        }
        if (outcome instanceof Outage outage) {
            return outage(claim, outage.failure(), now);
        }
        return new Reaction(new Completion.Released(claim), () -> {});
    }

    private Reaction accepted(Answer answer, Accepted accepted, Instant now) {
        slowDowns = 0;
        Claim claim = answer.claim();
        String body = accepted.taken();
        // What was left out was not acknowledged, though the whole state counts as sent.
        Claim taken = body == null ? claim : claim.with(body, claim.fingerprint());
        return new Reaction(new Completion.Acknowledged(taken, cut(accepted.note())), () -> {
            release(answer);
            ports.listener().delivered(claim.key(), Duration.between(answer.sent(), now));
        });
    }

    private static @Nullable String cut(@Nullable String note) {
        return note == null || note.length() <= Failure.MAX_REASON ? note : note.substring(0, Failure.MAX_REASON);
    }

    private void release(Answer answer) {
        suspects.remove(answer.claim().key());
        provenAt = answer.sent().isAfter(provenAt) ? answer.sent() : provenAt;
        if (answer.with().equals(rejected)) {
            rejected = null;
        }
        rejections = 0;
        if (ports.states().get(store).held() != null) {
            ports.states().update(store, StoreState::released);
            ports.listener().released(store);
        }
    }

    private Reaction slowDown(Claim claim, SlowDown answer, Instant now) {
        boolean sameRefusal = refusedUntil.isAfter(now)
                && !refusedUntil.isAfter(now.plus(Waits.LONGEST)); // all that was under way is refused together
        Duration grown = waits.after(sameRefusal ? slowDowns - 1 : slowDowns);
        Duration asked = answer.asked();
        // Asked for too short a time again and again, or for none.
        Duration wait = asked == null || (slowDowns > 1 && asked.compareTo(grown) < 0) ? grown : asked;
        slowDowns += sameRefusal ? 0 : 1;
        Instant until = now.plus(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
        refusedUntil = until;
        return new Reaction(new Completion.RetryAt(claim, until, false, answer.failure()), () -> {
            Instant before = ports.states().get(store).waitUntil();
            if (before == null || before.isBefore(until)) {
                ports.states().update(store, state -> state.waitingUntil(later(state.waitUntil(), until, now)));
                ports.listener().waiting(store, answer.failure(), until);
            }
        });
    }

    /** Another node may have been told to wait longer. */
    private static Instant later(@Nullable Instant stored, Instant until, Instant now) {
        boolean believable = stored != null && !stored.isAfter(now.plus(Waits.LONGEST));
        return stored != null && believable && stored.isAfter(until) ? stored : until;
    }

    private Reaction unauthorized(Answer answer, Failure failure, Instant now) {
        Claim claim = answer.claim();
        if (answer.with().equals(replacing)) {
            return new Reaction(new Completion.Released(claim), () -> {}); // the old secret's last word
        }
        Instant before = suspects.get(claim.key());
        if (before != null && !provenAt.isBefore(before)) {
            return rejectedAlone(claim, new Failure(FailureClass.VALIDATION, failure.status(), ALONE));
        }
        if (suspects.size() < MOST_SUSPECTS) {
            suspects.putIfAbsent(claim.key(), now);
        }
        // Behind all others that are due, so that the store is tried with another customer next.
        return new Reaction(new Completion.RetryAt(claim, now, false, failure), () -> {
            boolean again = answer.with().equals(rejected);
            rejected = answer.with();
            StoreState known = ports.states().get(store);
            Instant until = known.heldUntil();
            if (known.held() == null || !again || until == null || !until.isAfter(now)) {
                Instant next = now.plus(holds.after(rejections++));
                ports.states().update(store, state -> state.heldFor(failure.reason(), next));
            }
            if (known.held() == null) {
                ports.listener().held(store, failure);
            }
        });
    }

    /** A firewall may reject one customer's request for ever; the whole store would wait for it. */
    private Reaction rejectedAlone(Claim claim, Failure failure) {
        return new Reaction(new Completion.Parked(claim, failure), () -> {
            suspects.remove(claim.key());
            ports.listener().parked(claim.key(), failure);
        });
    }

    /**
     * Whether a held store may be tried: at its time, or before with credentials that this node has not yet seen
     * rejected.
     */
    boolean mayTry(StoreState held, Credentials now, Instant at) {
        Instant until = held.heldUntil();
        boolean waits = until != null && until.isAfter(at) && !until.isAfter(at.plus(LONGEST_HOLD));
        return !waits || !now.equals(rejected);
    }

    /** Credentials that were rejected have been replaced: what held the store does so no more. */
    void credentialsAre(Credentials now) {
        Credentials before = rejected;
        if (before == null || before.equals(now)) {
            return;
        }
        if (ports.states().get(store).held() != null) {
            ports.states().update(store, StoreState::released);
            ports.listener().released(store);
        }
        suspects.clear();
        replacing = before;
        rejected = null;
        rejections = 0;
    }

    private Reaction outage(Claim claim, Failure failure, Instant now) {
        Instant at = now.plus(outages.after(claim.attempts()));
        return new Reaction(
                new Completion.RetryAt(claim, at, true, failure),
                () -> ports.listener().retrying(claim.key(), failure, at));
    }
}
