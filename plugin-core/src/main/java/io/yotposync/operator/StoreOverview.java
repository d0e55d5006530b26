package io.yotposync.operator;

import io.yotposync.dispatch.LaneStatus;
import io.yotposync.outbox.FailureClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one store stands.
 *
 * @param enabled whether it takes customers
 * @param enabledBy what said so: the property's name, {@code run time}, or the shop's administration
 * @param paused whether customers are accepted but not sent
 * @param held why nothing is sent until an operator acts; {@code null} if nothing holds
 * @param heldUntil when a held store is tried once more
 * @param waitUntil no request before, as Yotpo asked
 * @param catchUpNeeded whether a save was dropped that only a scan of all customers finds
 * @param lane what is known of the sending side on this node
 * @param sinceStart what this node did since it started
 * @param backfill the running or last backfill
 * @param sweep the running or last sweep of all customers
 * @param dryRun the running or last dry run
 * @param questions scans that wait for an operator's word
 */
public record StoreOverview(
        String store,
        String site,
        boolean enabled,
        String enabledBy,
        boolean paused,
        @Nullable String pauseReason,
        @Nullable String held,
        @Nullable Instant heldUntil,
        @Nullable Instant waitUntil,
        boolean catchUpNeeded,
        Customers customers,
        @Nullable LaneStatus lane,
        Map<Activity.Count, Long> sinceStart,
        Scans.@Nullable Progress backfill,
        Scans.@Nullable Progress sweep,
        Scans.@Nullable DryRun dryRun,
        List<Scans.Question> questions) {

    /**
     * How many customers stand where.
     *
     * @param parkedFor the parked by the class of their refusal, of the first {@value Refusals#MAX_ROWS}
     * @param oldestPendingSeconds how long the oldest pending one has been pending, 0 if none is
     */
    public record Customers(
            long pending, long inSync, long parked, Map<FailureClass, Long> parkedFor, long oldestPendingSeconds) {}
}
