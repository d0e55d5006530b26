package io.yotposync.outbox;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Writes at once, on the caller's thread; for an outbox that does no I/O. */
final class DirectHandOver implements HandOver {

    private final Outbox outbox;
    private final Consumer<Desired> taken;
    private final Clock clock;

    DirectHandOver(Outbox outbox, Consumer<Desired> taken, Clock clock) {
        this.outbox = outbox;
        this.taken = taken;
        this.clock = clock;
    }

    @Override
    public boolean offer(Desired desired) {
        if (!outbox.upsert(List.of(desired), clock.instant()).isEmpty()) {
            return false;
        }
        taken.accept(desired);
        return true;
    }

    @Override
    public CompletableFuture<Void> offerDurably(Desired desired) {
        return offer(desired)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("the outbox is full"));
    }
}
