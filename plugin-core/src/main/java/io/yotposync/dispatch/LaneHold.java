package io.yotposync.dispatch;

import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** This node's right to drain a store. Used on one thread at a time; only {@link #isHeld} may be called on any. */
final class LaneHold {

    private final Outbox outbox;
    private final StoreKey store;
    private final Duration length;
    private final String node;

    private volatile @Nullable LaneLease lease;

    LaneHold(Outbox outbox, StoreSettings store, String node) {
        this.outbox = outbox;
        this.store = store.key();
        this.length = store.sending().lease();
        this.node = node;
    }

    /** Takes the right, or renews it in time; {@code null} while another node has it. */
    @Nullable
    LaneLease take(Instant now) {
        LaneLease known = lease;
        if (known == null
                || known.until().isAfter(now.plus(length)) // the clock was put back
                || known.until().isBefore(now.plus(length.multipliedBy(4).dividedBy(5)))) {
            known = outbox.lease(store, node, length, now).orElse(null);
            lease = known;
        }
        return known;
    }

    void release() {
        LaneLease known = lease;
        if (known != null) {
            lease = null;
            outbox.release(known);
        }
    }

    boolean isHeld(Instant now) {
        LaneLease known = lease;
        return known != null && known.until().isAfter(now);
    }
}
