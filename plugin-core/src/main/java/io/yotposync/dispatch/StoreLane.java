package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Rival;
import io.yotposync.store.Credentials;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drains one store: claims what is due as far as there are free places, sends it, and turns answers into completions.
 * Used on one thread at a time, the dispatcher's; only {@link #wakeAt} may be called on any.
 */
final class StoreLane {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int MOST_PASSES = 50;

    /** To find the rivals of one contact takes the longer the more it has, and other stores' lanes wait meanwhile. */
    private static final Duration LONGEST_FILL = Duration.ofMillis(200);

    private final StoreSettings store;
    private final LanePorts ports;
    private final SendPolicies policies;
    private final LaneReactions reactions;
    private final LaneSender sender;
    private final LaneHold hold;
    private final Ramp ramp;

    /** Claims are made as of a moment ahead then, when neither the lease nor that of what is under way may be over. */
    private final Duration mostEarly;

    private final Deque<Runnable> unsettled = new ArrayDeque<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    private volatile long wakeAt = NEVER;

    /** The latest moment that work was announced for; those between {@link #wakeAt} and this are not kept. */
    private volatile long lastWish;

    private boolean busy;

    StoreLane(StoreSettings store, LanePorts ports, SendPolicies policies, LaneReactions reactions, String node) {
        this.store = store;
        this.ports = ports;
        this.policies = policies;
        this.reactions = reactions;
        sender = new LaneSender(ports, policies);
        hold = new LaneHold(ports.outbox(), store, node);
        ramp = new Ramp(mostInFlight(store.sending()));
        mostEarly = store.sending().lease().dividedBy(8);
    }

    /** No more than can pass at the permitted rate before the lease ends. */
    private static int mostInFlight(SendingSettings sending) {
        double passing = sending.rateLimit() * sending.lease().toMillis() / 4000.0;
        return sending.rateLimit() == 0
                ? sending.maxInFlight()
                : (int) Math.max(1, Math.min(sending.maxInFlight(), passing));
    }

    StoreKey key() {
        return store.key();
    }

    /** Any thread. */
    boolean isSending() {
        return inFlight.get() > 0;
    }

    /** Nothing under way, and nothing to be written about what was. */
    boolean isIdle() {
        return inFlight.get() == 0 && unsettled.isEmpty();
    }

    /** Says that there will be work; asking the outbox before would be in vain. */
    void wakeAt(Instant moment) {
        long at = moment.toEpochMilli();
        if (at > lastWish) {
            lastWish = at;
        }
        if (at < wakeAt) {
            wakeAt = at; // a wish lost to a race is found by the next poll
        }
    }

    /** Whether it is worth asking the outbox. */
    boolean isWanted(Instant now) {
        return busy || wakeAt <= now.toEpochMilli();
    }

    Instant nextWake() {
        return Instant.ofEpochMilli(wakeAt);
    }

    /**
     * Claims and sends what is due.
     *
     * @param early how long before its time a row is due, a part of the lease at most
     * @param answered called once a claim, on any thread
     */
    void fill(Instant now, Duration early, Consumer<Answer> answered) {
        busy = false;
        if (wakeAt <= now.toEpochMilli()) {
            wakeAt = lastWish > now.toEpochMilli() ? lastWish : NEVER;
        }
        Credentials credentials = reactions.credentials().ask(store);
        if (credentials == null) {
            return;
        }
        int places = places(credentials, now);
        LaneLease held = places > 0 ? hold.take(now) : null;
        if (held == null) {
            return;
        }
        StoreSettings current = store.withCredentials(credentials);
        Instant dueUntil = now.plus(early.compareTo(mostEarly) < 0 ? early : mostEarly);
        Instant end = now.plus(LONGEST_FILL);
        for (int passes = 0; places > 0 && passes < MOST_PASSES; passes++) {
            List<Claim> claims = claim(held, places, dueUntil);
            busy = claims.size() == places;
            int sent = (int)
                    claims.stream().filter(claim -> claim.rival() == Rival.NONE).count();
            for (Claim claim : claims) {
                inFlight.incrementAndGet();
                sender.send(claim, held.until(), current, answered);
            }
            if (sent == claims.size() || !isBefore(end)) {
                return;
            }
            places -= sent; // who waits for another keeps nobody from a place
        }
    }

    private boolean isBefore(Instant end) {
        return ports.clock().instant().isBefore(end);
    }

    private List<Claim> claim(LaneLease held, int places, Instant dueUntil) {
        return policies.breaker().isProbing()
                ? ports.outbox().claimProbe(held, dueUntil).stream().toList()
                : ports.outbox().claim(held, places, dueUntil);
    }

    private int places(Credentials credentials, Instant now) {
        StoreState state = ports.states().get(store.key());
        if (!state.isEnabled(store.enabled()) || state.paused() || isWaiting(state, now)) {
            return 0;
        }
        if (state.held() != null && !reactions.credentials().mayTry(state, credentials, now)) {
            if (inFlight.get() == 0) {
                hold.release(); // another node may have a newer secret
            }
            return 0;
        }
        if (policies.breaker().isProbing()) {
            ramp.startOver();
        }
        int allowed = state.held() != null ? 1 : ramp.allowed();
        return allowed - inFlight.get();
    }

    private boolean isWaiting(StoreState state, Instant now) {
        Instant asked = state.waitsUntil(now);
        Duration open = policies.breaker().openFor();
        Duration closed = policies.closedFor();
        Duration longer = open.compareTo(closed) > 0 ? open : closed;
        if (asked != null) {
            wakeAt(WakeUps.notBefore(asked));
        }
        if (!longer.isZero()) {
            wakeAt(WakeUps.notBefore(now.plus(longer)));
        }
        return asked != null || !longer.isZero();
    }

    /** Whether what is due may still be sent until that moment. */
    boolean maySendBy(Instant moment, Instant now) {
        StoreState state = ports.states().get(store.key());
        Instant asked = state.waitsUntil(now);
        Duration left = Duration.between(now, moment);
        return state.isEnabled(store.enabled())
                && !state.paused()
                && state.held() == null
                && (asked == null || !asked.isAfter(moment))
                && policies.breaker().openFor().compareTo(left) <= 0
                && policies.closedFor().compareTo(left) <= 0;
    }

    /** Takes an answer in; its place is free again. */
    Reaction finish(Answer answer, Instant now) {
        inFlight.decrementAndGet();
        wakeAt(now);
        if (answer.outcome() instanceof Outcome.Accepted) {
            ramp.succeeded();
        }
        return reactions.to(answer, now);
    }

    /** Takes on what an answer leads to beside its row. */
    void follow(Reaction reaction) {
        unsettled.addLast(reaction.afterwards());
    }

    /** Does what answers lead to; what fails is kept, and nothing is sent before it is done. */
    void settle() {
        for (Runnable next = unsettled.peekFirst(); next != null; next = unsettled.peekFirst()) {
            next.run();
            unsettled.removeFirst();
        }
    }

    void releaseLease() {
        hold.release();
    }

    boolean holdsLease(Instant now) {
        return hold.isHeld(now);
    }

    LaneStatus status(Instant now) {
        StoreState state = ports.states().get(store.key());
        return new LaneStatus(
                policies.breaker().state(),
                inFlight.get(),
                policies.requests(),
                policies.rate(),
                store.sending().rateLimit(),
                waitsUntil(state, now),
                tokenAge());
    }

    /** Not known either while the host cannot say which credentials there are: the rest is told all the same. */
    private @Nullable Duration tokenAge() {
        try {
            return ports.client()
                    .tokenAge(store.withCredentials(ports.credentials().of(store)))
                    .orElse(null);
        } catch (RuntimeException | Error hosts) {
            return null;
        }
    }

    private @Nullable Instant waitsUntil(StoreState state, Instant now) {
        Instant asked = state.waitsUntil(now);
        Duration open = policies.breaker().openFor();
        Instant closed = open.isZero() ? null : now.plus(open);
        return asked == null || (closed != null && closed.isAfter(asked)) ? closed : asked;
    }
}
