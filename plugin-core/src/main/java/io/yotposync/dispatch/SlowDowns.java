package io.yotposync.dispatch;

import io.yotposync.outbox.Failure;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long a store waits that was told to: as Yotpo says, or longer each time. One store's, on the dispatcher's thread. */
final class SlowDowns {

    /** Yotpo's own recommendation where a 429 names no time. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private final StoreKey store;
    private final LanePorts ports;
    private final Backoff waits;

    private int inARow;
    private Instant refusedUntil = Instant.MIN;

    SlowDowns(StoreKey store, LanePorts ports, DoubleSupplier random) {
        this.store = store;
        this.ports = ports;
        waits = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    }

    /** Yotpo took a request. */
    void over() {
        inARow = 0;
    }

    /** Until when to wait, after one more answer that asks for it. */
    Instant until(@Nullable Duration asked, Instant now) {
        // All that was under way is refused together.
        boolean sameRefusal = refusedUntil.isAfter(now) && !refusedUntil.isAfter(now.plus(StoreState.LONGEST_WAIT));
        Duration grown = waits.after(sameRefusal ? inARow - 1 : inARow);
        // Asked for next to no time again and again, or for none.
        boolean tooShort = asked != null && inARow > 1 && asked.compareTo(FIRST_WAIT) < 0;
        Duration wait = asked == null || tooShort ? grown : asked;
        inARow += sameRefusal ? 0 : 1;
        Instant until = now.plus(bounded(wait));
        refusedUntil = until;
        return until;
    }

    /** A client of the host's own may pass on whatever it was told. */
    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(StoreState.LONGEST_WAIT) > 0 ? StoreState.LONGEST_WAIT : wait;
    }

    /** Makes the store wait on all nodes. */
    void hold(Failure failure, Instant until, Instant now) {
        Instant before = ports.states().get(store).waitUntil();
        if (!later(before, until, now).equals(before)) {
            ports.states().update(store, state -> state.waitingUntil(later(state.waitUntil(), until, now)));
            ports.listener().waiting(store, failure, until);
        }
    }

    /** Another node may have been told to wait longer. */
    private static Instant later(@Nullable Instant stored, Instant until, Instant now) {
        boolean believable = stored != null && !stored.isAfter(now.plus(StoreState.LONGEST_WAIT));
        return stored != null && believable && stored.isAfter(until) ? stored : until;
    }
}
