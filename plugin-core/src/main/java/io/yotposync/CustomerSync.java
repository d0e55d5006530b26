package io.yotposync;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.CustomerFaults;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Origin;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.recent.RecentUpserts.Reception;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The way of a customer to Yotpo: snapshot → {@link io.yotposync.store store(s)} → {@link io.yotposync.identity identity}
 * → {@link io.yotposync.payload payload} → {@link io.yotposync.recent recent} → {@link io.yotposync.outbox outbox}. From
 * there {@link io.yotposync.dispatch} takes it to Yotpo.
 *
 * <p>Thread-safe. Works on the caller's thread, in microseconds, without I/O, and never throws: what is not sent is told
 * to the {@link SyncListener} with its reason. While the process shuts down it may wait, as {@link HandOver} says.
 */
public final class CustomerSync {

    private final StoreSwitch stores;
    private final Preparation preparation;
    private final RecentUpserts recent;
    private final HandOver outbox;
    private final SyncListener listener;
    private final CustomerFaults faults = new CustomerFaults(CustomerSync.class, "handed over");

    public CustomerSync(
            StoreSwitch stores, Preparation preparation, RecentUpserts recent, HandOver outbox, SyncListener listener) {
        this.stores = stores;
        this.preparation = preparation;
        this.recent = recent;
        this.outbox = outbox;
        this.listener = SyncListener.all(List.of(listener));
    }

    /** Makes sure that Yotpo comes to know this state. Accepted in memory when it returns; see the outbox for more. */
    public void accept(CustomerSnapshot customer) {
        forEachStore(customer, this::offer);
    }

    private void offer(Desired desired) {
        tell(desired.key(), recent.offer(desired, outbox::offer));
    }

    /** Says that it cannot be told whether this state came to be: a scan of the stores that want it is to find out. */
    public void leaveToCatchUp(CustomerSnapshot customer) {
        keys(customer).forEach(listener::dropped);
    }

    /** The rows that a customer has or may get, whatever is known of it besides who it is and where. */
    public List<CustomerKey> keys(CustomerSnapshot customer) {
        return stores.stores().of(customer).stream()
                .filter(stores::isEnabled)
                .map(store -> new CustomerKey(store.key(), customer.id()))
                .toList();
    }

    /** What each store is to have of a customer, for a caller who writes it to the ledger; nothing is handed over. */
    public List<Desired> prepare(CustomerSnapshot customer) {
        List<Desired> states = new ArrayList<>(1);
        forEachStore(customer, states::add);
        return states;
    }

    /**
     * Takes up again what was prepared.
     *
     * @param written whether the caller has written it to the ledger; otherwise it is handed over now
     */
    public void acceptPrepared(Desired desired, boolean written) {
        guarded(desired.key().store(), desired.key().customerId(), () -> {
            if (written) {
                tell(desired.key(), recent.offerAgain(desired, already -> true));
            } else {
                offer(desired);
            }
        });
    }

    /**
     * The same, and says when. Also a repetition is handed over, to hear how that ends.
     *
     * @return completed when the outbox has made the state as durable as it can, for every store that takes it;
     *     exceptionally where there was no room or a store failed. Never waits
     */
    public CompletableFuture<Void> acceptDurably(CustomerSnapshot customer) {
        List<CompletableFuture<Void>> commits = new ArrayList<>(1);
        int failed = forEachStore(customer, desired -> {
            Commit commit = new Commit();
            tell(desired.key(), recent.offerAgain(desired, commit));
            // Only now: the entry is locked while it is handed over.
            commits.add(commit.done.whenComplete((done, lost) -> forgetIf(lost != null, desired.key())));
        });
        if (failed > 0) {
            commits.add(CompletableFuture.failedFuture(new IllegalStateException(failed + " store(s) failed")));
        }
        return CompletableFuture.allOf(commits.toArray(new CompletableFuture<?>[0]));
    }

    /** Hands over and keeps the promise. */
    private final class Commit implements Predicate<Desired> {

        private CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public boolean test(Desired desired) {
            done = outbox.offerDurably(desired);
            return !done.isCompletedExceptionally();
        }
    }

    private void forgetIf(boolean lost, CustomerKey key) {
        if (lost) {
            recent.forget(key);
        }
    }

    /** @return how many stores failed; none of them keeps another from its turn */
    private int forEachStore(CustomerSnapshot customer, Consumer<Desired> handOver) {
        List<StoreSettings> found = stores.stores().of(customer);
        if (found.isEmpty()) {
            listener.skipped(null, customer.id(), SkipReason.NO_STORE);
        }
        int failed = 0;
        for (StoreSettings store : found) {
            failed += guarded(store.key(), customer.id(), () -> oneStore(customer, store, handOver)) ? 0 : 1;
        }
        return failed;
    }

    private boolean guarded(StoreKey store, String customerId, Runnable work) {
        try {
            work.run();
            return true;
        } catch (Throwable fault) {
            faults.tell(store, customerId, fault);
            listener.skipped(store, customerId, SkipReason.FAILED);
            return false;
        }
    }

    private void oneStore(CustomerSnapshot customer, StoreSettings store, Consumer<Desired> handOver) {
        if (!stores.isEnabled(store)) {
            listener.skipped(store.key(), customer.id(), SkipReason.STORE_DISABLED);
            return;
        }
        Prepared prepared = preparation.prepare(customer, store, Origin.LIVE);
        if (prepared instanceof Prepared.Ready ready) {
            handOver.accept(ready.desired());
        } else if (prepared instanceof Prepared.Skipped skipped) {
            listener.skipped(store.key(), customer.id(), skipped.reason());
        }
    }

    private void tell(CustomerKey key, Reception reception) {
        switch (reception) {
            case NEW -> listener.accepted(key);
            case SUPPRESSED, OUTDATED -> listener.suppressed(key);
            case REFUSED -> listener.dropped(key);
        }
    }
}
