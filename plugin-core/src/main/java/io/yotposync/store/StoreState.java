package io.yotposync.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes agree on about a store at run time, beside its properties.
 *
 * @param enabled as an operator said, beside the property {@code enabled}; {@code null} if none said anything
 * @param paused whether states are accepted but not sent, as an operator wished
 * @param pauseReason why, as the operator said
 * @param waitUntil no request before this moment, as Yotpo asked; {@code null} for none
 * @param held why nothing can be sent until an operator acts (wrong credentials); {@code null} if nothing holds
 * @param heldUntil when a held store is tried once more
 * @param catchUpNeeded whether a state had to be dropped, so that a scan must find it
 * @param enabledByHost as the host's own administration says ({@link HostSwitch}), never stored with the rest; {@code
 *     null} if it says nothing
 */
public record StoreState(
        StoreKey store,
        @Nullable Boolean enabled,
        boolean paused,
        @Nullable String pauseReason,
        @Nullable Instant waitUntil,
        @Nullable String held,
        @Nullable Instant heldUntil,
        boolean catchUpNeeded,
        @Nullable Boolean enabledByHost) {

    /** No store is asked to wait longer. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** As configured: nothing was said at run time. */
    public static StoreState asConfigured(StoreKey store) {
        return new StoreState(store, null, false, null, null, null, null, false, null);
    }

    public StoreState withEnabled(@Nullable Boolean value) {
        return new StoreState(
                store, value, paused, pauseReason, waitUntil, held, heldUntil, catchUpNeeded, enabledByHost);
    }

    public StoreState pausedFor(String reason) {
        return new StoreState(store, enabled, true, reason, waitUntil, held, heldUntil, catchUpNeeded, enabledByHost);
    }

    public StoreState resumed() {
        return new StoreState(store, enabled, false, null, waitUntil, held, heldUntil, catchUpNeeded, enabledByHost);
    }

    public StoreState waitingUntil(@Nullable Instant moment) {
        return new StoreState(
                store, enabled, paused, pauseReason, moment, held, heldUntil, catchUpNeeded, enabledByHost);
    }

    /**
     * Until when the store waits; {@code null} if it does not. A moment further off than any wait was set by another
     * clock, or before this one was put back.
     */
    public @Nullable Instant waitsUntil(Instant now) {
        Instant asked = waitUntil;
        return asked != null
                        && asked.isAfter(now)
                        && !asked.isAfter(now.plus(LONGEST_WAIT).plus(LONGEST_WAIT))
                ? asked
                : null;
    }

    public StoreState heldFor(String reason, Instant until) {
        return new StoreState(
                store, enabled, paused, pauseReason, waitUntil, reason, until, catchUpNeeded, enabledByHost);
    }

    public StoreState released() {
        return new StoreState(store, enabled, paused, pauseReason, waitUntil, null, null, catchUpNeeded, enabledByHost);
    }

    public StoreState withCatchUpNeeded(boolean value) {
        return new StoreState(store, enabled, paused, pauseReason, waitUntil, held, heldUntil, value, enabledByHost);
    }

    public StoreState withEnabledByHost(@Nullable Boolean value) {
        return new StoreState(store, enabled, paused, pauseReason, waitUntil, held, heldUntil, catchUpNeeded, value);
    }

    /**
     * Whether the store takes customers. Of those who said something at run time, the operator and the host's
     * administration, one who says no is enough; where both are silent it is as configured.
     */
    public boolean isEnabled(boolean configured) {
        if (Boolean.FALSE.equals(enabled) || Boolean.FALSE.equals(enabledByHost)) {
            return false;
        }
        return enabled != null || enabledByHost != null || configured;
    }
}
