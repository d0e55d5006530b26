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

    private static final String SAME = " of this store has the same e-mail or phone";

    /** That one's request has its own deadline. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** No hurry: what waits is the older state. Unlike {@link #SHORT}, lest the two look for each other in step. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private final SyncListener listener;

    Rivalry(SyncListener listener) {
        this.listener = listener;
    }

    /** @param rival not none */
    static Failure reason(Rival rival) {
        String customer = switch (rival) {
            case REGISTERED -> "not sent: a registered customer";
            case LATER -> "not sent: a customer who was changed later and";
            case LATER_PENDING -> "not sent yet: a customer who was changed later and";
            case UNDER_WAY, NONE -> "not sent yet: a customer who is being sent and";
        };
        return new Failure(FailureClass.CONFLICT, 0, customer + SAME);
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
