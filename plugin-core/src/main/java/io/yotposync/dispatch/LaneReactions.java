package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.Rival;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What follows from an answer: for the row, for the store's shared state, for the listener. One store's. */
final class LaneReactions {

    private final LanePorts ports;
    private final Backoff outages;
    private final CredentialWatch credentials;
    private final SlowDowns slowDowns;
    private final Rivalry rivalry;

    LaneReactions(StoreKey store, SendingSettings settings, LanePorts ports, DoubleSupplier random) {
        this.ports = ports;
        rivalry = new Rivalry(ports.listener());
        outages = new Backoff(settings.retryDelay(), settings.maxRetryDelay(), random);
        credentials = new CredentialWatch(store, ports, random);
        slowDowns = new SlowDowns(store, ports, random);
    }

    CredentialWatch credentials() {
        return credentials;
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
            return slowDown(answer, slowDown, now);
        }
        if (outcome instanceof Unauthorized unauthorized) {
            return credentials.rejected(answer, unauthorized.failure(), now);
        }
        if (outcome instanceof Refused refused) {
            return refused(answer, refused);
        }
        return outcome instanceof Outage outage ? outage(claim, outage, now) : notSent(claim, (NotSent) outcome, now);
    }

    private Reaction refused(Answer answer, Refused refused) {
        Failure failure = refused.failure();
        return new Reaction(new Completion.Parked(answer.claim(), failure), () -> {
            if (failure.status() > 0) {
                credentials.proven(answer); // Yotpo read the customer, so it took the token
            }
            ports.listener().parked(answer.claim().key(), failure);
        });
    }

    private static Reaction notSent(Claim claim, NotSent notSent, Instant now) {
        Duration rest = notSent.rest();
        return new Reaction(
                rest == null
                        ? new Completion.Released(claim)
                        : new Completion.RetryAt(claim, now.plus(rest), false, notSent.failure()),
                () -> {});
    }

    private Reaction accepted(Answer answer, Accepted accepted, Instant now) {
        slowDowns.over();
        Claim claim = answer.claim();
        String body = accepted.taken();
        // What was left out was not acknowledged, though the whole state counts as sent.
        Claim taken = body == null ? claim : claim.with(body, claim.fingerprint());
        return new Reaction(new Completion.Acknowledged(taken, cut(accepted.note())), () -> {
            credentials.proven(answer);
            Duration took = Duration.between(answer.sent(), now);
            // The clock may have been put back meanwhile.
            ports.listener().delivered(claim.key(), took.isNegative() ? Duration.ZERO : took);
        });
    }

    private static @Nullable String cut(@Nullable String note) {
        return note == null || note.length() <= Failure.MAX_REASON ? note : note.substring(0, Failure.MAX_REASON);
    }

    private Reaction slowDown(Answer answer, SlowDown slowDown, Instant now) {
        Instant until = slowDowns.until(slowDown.asked(), now);
        return new Reaction(
                new Completion.RetryAt(answer.claim(), until, answer.doubtful(), slowDown.failure()),
                () -> slowDowns.hold(slowDown.failure(), until, now));
    }

    private Reaction outage(Claim claim, Outage outage, Instant now) {
        Duration asked = outage.asked();
        Instant at = asked == null ? now.plus(outages.after(claim.attempts())) : slowDowns.until(asked, now);
        return new Reaction(new Completion.RetryAt(claim, at, true, outage.failure()), () -> {
            if (asked != null) {
                slowDowns.hold(outage.failure(), at, now);
            }
            ports.listener().retrying(claim.key(), outage.failure(), at);
        });
    }
}
