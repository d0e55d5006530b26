package io.yotposync.dispatch;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.Rival;
import java.time.Duration;
import java.time.Instant;

/** What becomes of customers whom Yotpo would take for others: they are not sent, or not yet. */
final class Rivalry {

    private static final String ANOTHER = "another customer of this store with the same e-mail or phone ";

    /** For one under way, whose request has a deadline of its own. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** The outbox makes it due when the other is sent or refused; this is for where the other ends in another way. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SyncListener listener;

    Rivalry(SyncListener listener) {
        this.listener = listener;
    }

    /** @param rival not none */
    static Failure reason(Rival rival) {
        return new Failure(
                FailureClass.CONFLICT,
                0,
                switch (rival) {
                    case REGISTERED -> "not sent: a registered customer of this store has the same e-mail or phone";
                    case LATER -> "not sent: " + ANOTHER + "was changed later";
                    case LATER_PENDING -> "not sent yet: " + ANOTHER + "was changed later and goes first";
                    case UNDER_WAY, NONE -> "not sent yet: " + ANOTHER + "is being sent";
                });
    }

    Reaction to(Claim claim, Instant now) {
        Failure reason = reason(claim.rival());
        return switch (claim.rival()) {
            case REGISTERED ->
                new Reaction(new Completion.Parked(claim, reason), () -> listener.parked(claim.key(), reason));
            case LATER ->
                new Reaction(new Completion.Superseded(claim, reason.reason()), () -> listener.superseded(claim.key()));
            case LATER_PENDING -> retry(claim, now.plus(LONG), reason);
            case UNDER_WAY, NONE -> retry(claim, now.plus(SHORT), reason);
        };
    }

    private static Reaction retry(Claim claim, Instant at, Failure reason) {
        return new Reaction(new Completion.RetryAt(claim, at, false, reason), () -> {});
    }
}
