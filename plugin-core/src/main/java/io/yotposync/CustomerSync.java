package io.yotposync;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Origin;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.recent.RecentUpserts.Verdict;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of a customer to Yotpo: snapshot → {@link io.yotposync.store store(s)} → {@link io.yotposync.identity identity}
 * → {@link io.yotposync.payload payload} → {@link io.yotposync.recent recent} → {@link io.yotposync.outbox outbox}. From
 * there {@link io.yotposync.dispatch} takes it to Yotpo.
 *
 * <p>Thread-safe. Works on the caller's thread, in microseconds, without I/O, and never throws: what is not sent is told
 * to the {@link SyncListener} with its reason.
 */
public final class CustomerSync {

    private final StoreSwitch stores;
    private final Preparation preparation;
    private final RecentUpserts recent;
    private final HandOver outbox;
    private final SyncListener listener;

    public CustomerSync(
            StoreSwitch stores, Preparation preparation, RecentUpserts recent, HandOver outbox, SyncListener listener) {
        this.stores = stores;
        this.preparation = preparation;
        this.recent = recent;
        this.outbox = outbox;
        this.listener = listener;
    }

    /** Makes sure that Yotpo comes to know this state. Accepted in memory when it returns; see the outbox for more. */
    public void accept(CustomerSnapshot customer) {
        for (StoreSettings store : storesOf(customer)) {
            Desired desired = prepare(customer, store);
            if (desired != null) {
                tell(desired.key(), recent.offer(desired, outbox::offer));
            }
        }
    }

    /**
     * The same, and says when.
     *
     * @return completed when the outbox has made the state as durable as it can, for every store that takes it;
     *     exceptionally where there was no room. Never waits
     */
    public CompletableFuture<Void> acceptDurably(CustomerSnapshot customer) {
        List<CompletableFuture<Void>> commits = new ArrayList<>(1);
        for (StoreSettings store : storesOf(customer)) {
            Desired desired = prepare(customer, store);
            if (desired != null) {
                commits.add(outbox.offerDurably(desired));
                tell(desired.key(), recent.offer(desired, already -> true));
            }
        }
        return CompletableFuture.allOf(commits.toArray(new CompletableFuture<?>[0]));
    }

    private List<StoreSettings> storesOf(CustomerSnapshot customer) {
        List<StoreSettings> found = stores.stores().of(customer);
        if (found.isEmpty()) {
            listener.skipped(null, customer.id(), SkipReason.NO_STORE);
        }
        return found;
    }

    private @Nullable Desired prepare(CustomerSnapshot customer, StoreSettings store) {
        if (!stores.isEnabled(store)) {
            listener.skipped(store.key(), customer.id(), SkipReason.STORE_DISABLED);
            return null;
        }
        Prepared prepared = preparation.prepare(customer, store, Origin.LIVE);
        if (prepared instanceof Prepared.Ready ready) {
            return ready.desired();
        }
        listener.skipped(store.key(), customer.id(), ((Prepared.Skipped) prepared).reason());
        return null;
    }

    private void tell(CustomerKey key, Verdict verdict) {
        switch (verdict) {
            case NEW -> listener.accepted(key);
            case SUPPRESSED, OUTDATED -> listener.suppressed(key);
            case REFUSED -> listener.dropped(key);
        }
    }
}
