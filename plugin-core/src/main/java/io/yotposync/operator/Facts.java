package io.yotposync.operator;

import io.yotposync.dispatch.LaneStatus;
import io.yotposync.observe.SkipReason;
import io.yotposync.operator.LastHeard.Heard;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.Foresight;
import io.yotposync.scan.Foresight.Being;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one customer in one store.
 *
 * @param heard of the latest save on this node
 * @param row in the ledger
 * @param lane of the sending side
 * @param elsewhere of a save for another store, where this one never heard of any
 * @param erasedAt when an operator had it erased, if it was not saved since
 * @param seen of the customer in the shop, {@code null} where it cannot be read
 * @param scans whether this node scans
 */
record Facts(
        CustomerKey customer,
        StoreSettings store,
        StoreState state,
        boolean enabled,
        @Nullable Heard heard,
        @Nullable LedgerRow row,
        @Nullable LaneStatus lane,
        @Nullable Elsewhere elsewhere,
        @Nullable Instant erasedAt,
        Foresight.@Nullable Seen seen,
        boolean scans,
        Instant now) {

    private static final Duration SKEW = Duration.ofMinutes(1);

    /** A save that was another store's. */
    record Elsewhere(StoreKey store, Instant at) {}

    boolean isHeld() {
        return state.held() != null;
    }

    boolean isOpen() {
        return lane != null && lane.breaker() == LaneStatus.Breaker.OPEN;
    }

    @Nullable
    Instant laneWaitsUntil() {
        return lane == null ? null : lane.waitUntil();
    }

    boolean isWaiting() {
        return state.waitsUntil(now) != null;
    }

    /** What the store would be told next, where the customer can be read and there is something to tell. */
    @Nullable
    Prepared today() {
        return seen == null ? null : seen.next();
    }

    boolean isGone() {
        return seen != null && seen.being() == Being.GONE;
    }

    boolean isEmailLeftOut() {
        return seen != null && seen.emailLeftOut();
    }

    boolean hasLeft() {
        return seen != null && seen.being() != Being.THERE;
    }

    /** Whether the shop's customer, where it can be read, is another than the row has it, consent aside. */
    boolean hasChangedSince() {
        if (row == null || !(today() instanceof Prepared.Ready ready)) {
            return false;
        }
        Fingerprint now = ready.desired().fingerprint();
        return !row.desired().equals(now) && !row.desired().equals(now.withoutConsent());
    }

    /** Whether a scan left out what the shopper chose. */
    boolean isConsentHeldBack() {
        return row != null
                && today() instanceof Prepared.Ready ready
                && row.desired().equals(ready.desired().fingerprint().withoutConsent());
    }

    /**
     * Whether that became of the latest save, the row, if any, is older and other than the shop's customer now, and nobody
     * had the customer erased since.
     */
    boolean lastSaveWas(LastHeard.Fate fate) {
        return heard != null
                && heard.fate() == fate
                && erasedAt == null
                && (row == null || !(row.updatedAt().isAfter(heard.at()) || isAsInShop()));
    }

    /** Whether the latest save was taken and shows in no row that is there; another node's clock may be behind. */
    boolean lastSaveIsUnwritten() {
        return heard != null
                && row != null
                && lastSaveWas(LastHeard.Fate.ACCEPTED)
                && row.updatedAt().plus(SKEW).isBefore(heard.at());
    }

    private boolean isAsInShop() {
        return today() instanceof Prepared.Ready && !hasChangedSince();
    }

    /** Why the shop's customer would not be sent now, where no state of it is on its way or refused. */
    @Nullable
    SkipReason skippedToday() {
        return (row == null || row.status() == LedgerStatus.IN_SYNC) && today() instanceof Prepared.Skipped skipped
                ? skipped.reason()
                : null;
    }
}
