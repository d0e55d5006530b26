package io.yotposync.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes each state at once. */
final class DirectHandOver implements HandOver {

    private final Outbox outbox;
    private final Clock clock;
    private final QuietListener listener;

    private volatile boolean closed;
    private volatile @Nullable Instant failingSince;
    private volatile @Nullable Instant fullAt;

    DirectHandOver(Outbox outbox, Clock clock, HandOverListener listener) {
        this.outbox = outbox;
        this.clock = clock;
        this.listener = new QuietListener(listener);
    }

    @Override
    public boolean offer(Desired state) {
        if (closed) {
            return false;
        }
        try {
            long start = System.nanoTime();
            List<Desired> one = List.of(state);
            boolean taken = outbox.upsert(one, clock.instant()).isEmpty();
            failingSince = null;
            if (taken) {
                listener.written(one, Duration.ofNanos(System.nanoTime() - start));
            } else {
                fullAt = clock.instant();
            }
            return taken;
        } catch (RuntimeException e) {
            Instant now = clock.instant();
            failingSince = failingSince == null ? now : failingSince;
            listener.failed(e);
            return false;
        }
    }

    @Override
    public CompletableFuture<Void> offerDurably(Desired state) {
        return offer(state)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new RefusedException(state.key()));
    }

    @Override
    public HandOverState state() {
        return new HandOverState(0, 0, failingSince, fullAt);
    }

    @Override
    public void open() {
        closed = false;
    }

    @Override
    public int close(Duration atMost) {
        closed = true;
        return 0;
    }
}
