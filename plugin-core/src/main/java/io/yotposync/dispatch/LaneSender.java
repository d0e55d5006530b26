package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.Rival;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one store's claims, or says at once why one is not sent. */
final class LaneSender {

    /** Tried again at once it would be late again where the storage is slow. */
    private static final NotSent TOO_LATE = new NotSent(
            new Failure(FailureClass.OURS, 0, "not sent: the lease had ended, the customer may be another node's"),
            Duration.ofSeconds(1));

    private static final Failure GONE = new Failure(
            FailureClass.OURS,
            0,
            "not sent: the customer is gone, is not one that yotpo.sync.safety.only-… names, or nothing identifies it, or"
                    + " nothing was kept of it");

    private static final Failure UNREADABLE =
            new Failure(FailureClass.OURS, 0, "not sent: the customer could not be read");

    private final LanePorts ports;
    private final SendPolicies policies;

    LaneSender(LanePorts ports, SendPolicies policies) {
        this.ports = ports;
        this.policies = policies;
    }

    /**
     * @param until the lease lasts
     * @param with the credentials to use
     * @param answered called once, on any thread
     */
    void send(Claim claim, Instant until, StoreSettings with, Consumer<Answer> answered) {
        Outcome nothing;
        if (claim.rival() != Rival.NONE) {
            nothing = new NotSent(Rivalry.reason(claim.rival()));
            answered.accept(new Answer(claim, nothing, ports.clock().instant(), with.credentials()));
            return;
        }
        try {
            Optional<Claim> full = ports.payloads().of(claim);
            if (full.isPresent()) {
                sendFull(full.get(), until, with, answered);
                return;
            }
            nothing = new Refused(GONE, null);
        } catch (Throwable fault) {
            nothing = new Outage(UNREADABLE);
        }
        answered.accept(new Answer(claim, nothing, ports.clock().instant(), with.credentials()));
    }

    private void sendFull(Claim claim, Instant until, StoreSettings with, Consumer<Answer> answered) {
        Instant now = ports.clock().instant();
        Duration left = Duration.between(now, until);
        if (left.compareTo(policies.least()) < 0) {
            answered.accept(new Answer(claim, TOO_LATE, now, with.credentials()));
            return;
        }
        new Send(() -> {
                    // A repetition may be hours late: the process was frozen, or its clock was put forward.
                    return ports.clock().instant().isBefore(until)
                            ? upsert(with, claim)
                            : CompletableFuture.completedFuture(TOO_LATE);
                })
                .by(
                        policies,
                        left,
                        (end, doubtful) -> answered.accept(new Answer(claim, end, now, with.credentials(), doubtful)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // looked at, not waited for
    private CompletableFuture<Outcome> upsert(StoreSettings with, Claim claim) {
        Consumer<@Nullable Outcome> ends = ports.sends().begins(claim.key());
        CompletableFuture<Outcome> started = ports.client().upsert(with, claim.payload());
        started.whenComplete((outcome, givenUp) -> ends.accept(outcome));
        return started;
    }
}
