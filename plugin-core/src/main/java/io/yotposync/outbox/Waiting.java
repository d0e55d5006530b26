package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A state that waits to be written, and who wants to know when it is. */
final class Waiting {

    private static final int GIVE_UP_AFTER = 5;

    private final Desired state;
    private final List<CompletableFuture<Void>> told;
    private int failuresAlone;
    private long lastFailedAt = -1;

    Waiting(Desired state, List<CompletableFuture<Void>> told) {
        this.state = state;
        this.told = told;
    }

    Desired state() {
        return state;
    }

    CustomerKey key() {
        return state.key();
    }

    /** The one that stays of two; whoever waited for either waits for it. */
    Waiting merge(Waiting later) {
        List<CompletableFuture<Void>> all = new ArrayList<>(told);
        all.addAll(later.told);
        return new Waiting(newer(state, later.state), all);
    }

    private static Desired newer(Desired before, Desired later) {
        if (!later.mayReplace(before.sourceVersion(), later.notBefore())) {
            return before;
        }
        boolean live = before.origin() == Origin.LIVE || later.origin() == Origin.LIVE;
        return new Desired(
                later.key(),
                later.payload(),
                later.fingerprint(),
                later.laterVersion(before.sourceVersion(), later.notBefore()),
                live ? Origin.LIVE : Origin.SCAN,
                earlier(before.notBefore(), later.notBefore()),
                later.contact());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Counts a failure to write this state by itself.
     *
     * @param written how many others were written so far: only if some were since the last failure is it this state's
     *     own fault
     * @return whether it will never be written
     */
    boolean failedAlone(long written) {
        failuresAlone += lastFailedAt >= 0 && written > lastFailedAt ? 1 : 0;
        lastFailedAt = written;
        return failuresAlone >= GIVE_UP_AFTER;
    }

    /**
     * Tells those who wait for a batch that was written.
     *
     * @param refused told by whoever gives them up
     * @return what was taken of it
     */
    static List<Desired> taken(List<Waiting> batch, Set<CustomerKey> refused, Consumer<Waiting> giveUp) {
        List<Desired> taken = new ArrayList<>(batch.size());
        for (Waiting one : batch) {
            if (refused.contains(one.key())) {
                giveUp.accept(one);
            } else {
                taken.add(one.state());
                one.written();
            }
        }
        return taken;
    }

    private void written() {
        told.forEach(future -> future.complete(null));
    }

    void refused() {
        told.forEach(future -> future.completeExceptionally(new HandOver.RefusedException(key())));
    }
}
