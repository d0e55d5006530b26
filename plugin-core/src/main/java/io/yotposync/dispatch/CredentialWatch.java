package io.yotposync.dispatch;

import static java.util.Objects.requireNonNull;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a rejected secret, which holds the whole store, from the last word of one that was replaced and from a customer who
 * alone is rejected. One store's, on the dispatcher's thread.
 */
final class CredentialWatch {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final String ALONE =
            "rejected as if by its token, while other customers are taken with the same one";

    private static final Duration FIRST_HOLD = Duration.ofMinutes(1);
    static final Duration LONGEST_HOLD = Duration.ofMinutes(15);

    /** Longer ago, another node may have sent the customer. */
    private static final Duration SUSPECTED_FOR = LONGEST_HOLD.multipliedBy(2);

    private static final int MOST_SUSPECTS = 1_000;

    /** Rejections of one customer; tokens that die one after the other hit some twice by chance. */
    private static final int MOST_REJECTIONS = 5;

    private static final Duration FIRST_AGAIN = Duration.ofSeconds(5);

    private final StoreKey store;
    private final LanePorts ports;
    private final Backoff holds;
    private final Backoff again;

    private boolean untold;
    private int rejections;
    private @Nullable Credentials rejected;
    private @Nullable Credentials replacing;

    private final Map<CustomerKey, Suspect> suspects = new HashMap<>();

    /** When the latest request was sent whose token Yotpo took. */
    private Instant provenAt = Instant.MIN;

    /**
     * A customer whose request was rejected as if by its token.
     *
     * @param since the first time
     * @param times while others were taken since
     */
    private record Suspect(Instant since, int times) {

        Suspect again() {
            return new Suspect(since, times + 1);
        }
    }

    CredentialWatch(StoreKey store, LanePorts ports, DoubleSupplier random) {
        this.store = store;
        this.ports = ports;
        holds = new Backoff(FIRST_HOLD, LONGEST_HOLD, random);
        again = new Backoff(FIRST_AGAIN, FIRST_HOLD, random);
    }

    /** Those to send with now; {@code null} while the host cannot say. */
    @Nullable
    Credentials ask(StoreSettings settings) {
        Credentials now = told(settings);
        if (now != null) {
            are(now);
        }
        return now;
    }

    private @Nullable Credentials told(StoreSettings settings) {
        try {
            Credentials told = requireNonNull(ports.credentials().of(settings));
            if (untold) {
                LOG.info("Yotpo sync: the credentials of store {} can be looked up again", store);
            }
            untold = false;
            return told;
        } catch (RuntimeException | Error hosts) {
            if (!untold) {
                LOG.warn(
                        "Yotpo sync: the credentials of store {} cannot be looked up, its customers wait: {}",
                        store,
                        hosts.getClass().getName());
            }
            untold = true;
            return null;
        }
    }

    /** Yotpo took the token: what held the store no longer does. */
    void proven(Answer answer) {
        suspects.remove(answer.claim().key());
        boolean later = answer.sent().isAfter(provenAt)
                || provenAt.isAfter(ports.clock().instant());
        provenAt = later ? answer.sent() : provenAt;
        if (answer.with().equals(rejected)) {
            rejected = null;
        }
        rejections = 0;
        release();
    }

    private void release() {
        if (ports.states().get(store).held() != null) {
            ports.states().update(store, StoreState::released);
            ports.listener().released(store);
        }
    }

    /** What follows from a rejection. */
    Reaction rejected(Answer answer, Failure failure, Instant now) {
        Claim claim = answer.claim();
        if (answer.with().equals(replacing)) {
            return new Reaction(new Completion.Released(claim), () -> {}); // the old secret's last word
        }
        suspects.values()
                .removeIf(suspect -> suspect.since().isAfter(now) // the clock was put back
                        || suspect.since().plus(SUSPECTED_FOR).isBefore(now));
        Suspect before = suspects.get(claim.key());
        if (before != null && !provenAt.isBefore(before.since()) && !provenAt.isAfter(now)) {
            return rejectedAlone(answer, before.again(), failure, now);
        }
        if (suspects.size() < MOST_SUSPECTS) {
            suspects.putIfAbsent(claim.key(), new Suspect(now, 1));
        }
        // Behind all others that are due, so that the store is tried with another customer next.
        return new Reaction(new Completion.RetryAt(claim, now, answer.doubtful(), failure), () -> {
            boolean rejectedBefore = answer.with().equals(rejected);
            rejected = answer.with();
            StoreState known = ports.states().get(store);
            if (known.held() == null || !rejectedBefore || !waits(known, now)) {
                Instant next = now.plus(holds.after(rejections++));
                ports.states().update(store, state -> state.heldFor(failure.reason(), next));
            }
            if (known.held() == null) {
                ports.listener().held(store, failure);
            }
        });
    }

    /** A firewall may reject one customer's request for ever; the whole store would wait for it. */
    private Reaction rejectedAlone(Answer answer, Suspect suspect, Failure failure, Instant now) {
        Claim claim = answer.claim();
        if (suspect.times() < MOST_REJECTIONS) {
            Instant at = now.plus(again.after(suspect.times() - 2));
            return new Reaction(new Completion.RetryAt(claim, at, answer.doubtful(), failure), () -> {
                suspects.put(claim.key(), suspect);
                ports.listener().retrying(claim.key(), failure, at);
            });
        }
        Failure alone = new Failure(FailureClass.VALIDATION, failure.status(), ALONE);
        return new Reaction(new Completion.Parked(claim, alone), () -> {
            suspects.remove(claim.key());
            ports.listener().parked(claim.key(), alone);
        });
    }

    /**
     * Whether a held store may be tried: at its time, or before with credentials that this node has not yet seen
     * rejected.
     */
    boolean mayTry(StoreState held, Credentials now, Instant at) {
        return !waits(held, at) || !now.equals(rejected);
    }

    /** A moment further off than any hold was set before the clock was put back. */
    private static boolean waits(StoreState held, Instant at) {
        Instant until = held.heldUntil();
        return until != null && until.isAfter(at) && !until.isAfter(at.plus(LONGEST_HOLD));
    }

    /** Credentials that were rejected have been replaced: what held the store no longer does. */
    private void are(Credentials now) {
        if (now.equals(replacing)) {
            replacing = null; // back in use: it may be rejected again
        }
        Credentials before = rejected;
        if (before == null || before.equals(now)) {
            return;
        }
        release();
        suspects.clear();
        replacing = before;
        rejected = null;
        rejections = 0;
    }
}
