package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.scan.ScanSettings.Leavers;
import java.time.Instant;
import java.util.Optional;

/** Sees to it that Yotpo is told once of each who left, where it is to be told and can be. */
final class Departures {

    /** Whether Yotpo is told that somebody left. */
    enum Told {
        /** By this batch. */
        NOW,
        /** The row says so already. */
        BEFORE,
        /** It is not to be, or cannot be. */
        NOT
    }

    private final Farewell farewell;
    private final Leavers settings;

    Departures(Farewell farewell, Leavers settings) {
        this.farewell = farewell;
        this.settings = settings;
    }

    Told tell(Leaver leaver, Batch batch, Instant now) {
        if (!settings.areDisabled()) {
            return Told.NOT;
        }
        LedgerMark mark = leaver.mark();
        Optional<Desired> last = farewell.to(leaver.key(), leaver.store(), mark, leaver.rest(), now);
        if (last.isEmpty()) {
            if (!leaver.isPending()) {
                batch.count(Tally.OUT_OF_REACH);
            }
            return Told.NOT;
        }
        if (last.get().fingerprint().equals(mark.desired())) {
            return Told.BEFORE;
        }
        batch.enqueue(last.get());
        batch.count(Tally.DISABLED);
        batch.example(leaver.key().customerId(), leaver.how());
        return Told.NOW;
    }

    /** Whether the row of one who left is to be kept for some more time. */
    boolean isRetained(LedgerMark mark, Instant now) {
        return mark.updatedAt().isAfter(now.minus(settings.retention()));
    }
}
