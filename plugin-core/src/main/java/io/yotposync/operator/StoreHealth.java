package io.yotposync.operator;

import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverState;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an operator must act on; a bad minute of Yotpo's is not among it. Never blocks. Thread-safe. */
public final class StoreHealth {

    /** By default, how long a customer may be pending. */
    public static final Duration OLDEST_PENDING = Duration.ofHours(1);

    /** So that it does not come and go while saves come faster than they can be written. */
    private static final Duration FULL = Duration.ofMinutes(5);

    private final StoreSwitch stores;
    private final Backlog backlog;
    private final HandOver handOver;
    private final Duration oldestPending;
    private final Clock clock;

    /** @param oldestPending how long a customer may be pending before someone has to look */
    public StoreHealth(StoreSwitch stores, Backlog backlog, HandOver handOver, Duration oldestPending, Clock clock) {
        this.stores = stores;
        this.backlog = backlog;
        this.handOver = handOver;
        this.oldestPending = oldestPending;
        this.clock = clock;
    }

    /** What is the matter with a store, in one sentence; empty if nothing is. */
    public Optional<String> trouble(StoreKey store) {
        StoreState state = stores.state(store);
        if (!stores.isEnabled(stores.stores().get(store))) {
            return Optional.empty();
        }
        if (state.held() != null) {
            return Optional.of("held: " + state.held());
        }
        LedgerCounts counts = backlog.lastKnown(store);
        Instant oldest = counts == null ? null : counts.oldestPending();
        boolean late = oldest != null && oldest.plus(oldestPending).isBefore(clock.instant());
        return late && !state.paused()
                ? Optional.of("customers have been pending for more than " + oldestPending)
                : Optional.empty();
    }

    /** What is the matter with the outbox; empty if nothing is. */
    public Optional<String> outboxTrouble() {
        HandOverState state = handOver.state();
        if (state.failingSince() != null) {
            return Optional.of("has not been writable since " + state.failingSince());
        }
        Instant full = state.fullAt();
        return full != null && full.plus(FULL).isAfter(clock.instant())
                ? Optional.of("had no room at " + full + ": saves were dropped, and are left to the catch-up")
                : Optional.empty();
    }
}
