package io.yotposync.dispatch;

import io.yotposync.client.Outcome.Refused;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drains one store: claims what is due as far as there are free places, sends it, and turns answers into completions.
 * Used on one thread at a time, the dispatcher's; only {@link #wakeAt} may be called on any.
 */
final class StoreLane {

    /** A guest is not written over the registered customer that Yotpo would take it for. */
    private static final Failure RIVALLED = new Failure(
            FailureClass.CONFLICT, 0, "not sent: a registered customer of this store has the same e-mail or phone");

    private static final long NEVER = Long.MAX_VALUE;

    private final StoreSettings store;
    private final LanePorts ports;
    private final SendPolicies policies;
    private final LaneReactions reactions;
    private final String node;

    private @Nullable LaneLease lease;
    private int inFlight;
    private boolean busy;
    private volatile long wakeAt = NEVER;

    StoreLane(StoreSettings store, LanePorts ports, SendPolicies policies, LaneReactions reactions, String node) {
        this.store = store;
        this.ports = ports;
        this.policies = policies;
        this.reactions = reactions;
        this.node = node;
    }

    StoreKey key() {
        return store.key();
    }

    /** Nothing under way, and the last claim took all there was. */
    boolean isQuiet() {
        return inFlight == 0 && !busy;
    }

    /** Says that there will be work; asking the outbox before would be in vain. */
    void wakeAt(Instant moment) {
        long at = moment.toEpochMilli();
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
     * @param dueUntil rows due by then
     * @param answered called once a claim, on any thread
     */
    void fill(Instant now, Instant dueUntil, Consumer<Answer> answered) {
        busy = false;
        if (wakeAt <= now.toEpochMilli()) {
            wakeAt = NEVER;
        }
        int places = places(now);
        LaneLease held = places > 0 ? holdLease(now) : null;
        if (held == null) {
            return;
        }
        List<Claim> claims = ports.outbox().claim(held, places, dueUntil);
        busy = claims.size() == places;
        for (Claim claim : claims) {
            inFlight++;
            send(claim, answered);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // every way a send can end is answered
    private void send(Claim claim, Consumer<Answer> answered) {
        Instant sent = ports.clock().instant();
        if (claim.rivalled()) {
            answered.accept(new Answer(claim, new Refused(RIVALLED, null), sent));
            return;
        }
        policies.send(() -> ports.client().upsert(store, claim.payload()))
                .whenComplete((outcome, fault) -> answered.accept(
                        new Answer(claim, outcome != null ? outcome : LaneReactions.outcomeOf(fault), sent)));
    }

    private int places(Instant now) {
        StoreState state = ports.states().get(store.key());
        boolean enabled = state.enabled() == null ? store.enabled() : state.enabled();
        if (!enabled || state.paused() || policies.isOpen()) {
            return 0;
        }
        Instant waitUntil = state.waitUntil();
        if (waitUntil != null && waitUntil.isAfter(now)) {
            wakeAt(waitUntil);
            return 0;
        }
        boolean held = state.held() != null;
        Instant heldUntil = state.heldUntil();
        if (held && heldUntil != null && heldUntil.isAfter(now)) {
            return 0;
        }
        int allowed = held || policies.isProbing() ? 1 : store.sending().maxInFlight();
        return allowed - inFlight;
    }

    private @Nullable LaneLease holdLease(Instant now) {
        Duration length = store.sending().lease();
        LaneLease known = lease;
        if (known == null
                || known.until().isBefore(now.plus(length.multipliedBy(4).dividedBy(5)))) {
            known = ports.outbox().lease(store.key(), node, length, now).orElse(null);
            lease = known;
        }
        return known;
    }

    /** Takes an answer in; its place is free again. */
    Reaction finish(Answer answer, Instant now) {
        inFlight--;
        Reaction reaction = reactions.to(answer, now);
        wakeAt(reaction.completion() instanceof Completion.RetryAt retry ? retry.at() : now);
        return reaction;
    }

    void releaseLease() {
        LaneLease known = lease;
        if (known != null) {
            lease = null;
            ports.outbox().release(known);
        }
    }
}
