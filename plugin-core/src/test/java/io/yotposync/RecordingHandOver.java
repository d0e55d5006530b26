package io.yotposync;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it is handed; has room, no room or a fault as the test says. */
public final class RecordingHandOver implements HandOver {

    private final List<Desired> taken = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> commits = new CopyOnWriteArrayList<>();
    private boolean full;
    private boolean slow;
    private @Nullable String brokenFor;

    public List<Desired> taken() {
        return taken;
    }

    public List<String> keys() {
        return taken.stream().map(desired -> desired.key().toString()).toList();
    }

    /** The promises of a slow hand-over, for the test to keep. */
    public List<CompletableFuture<Void>> commits() {
        return commits;
    }

    public void full(boolean value) {
        full = value;
    }

    public void slow() {
        slow = true;
    }

    public void brokenFor(@Nullable String store) {
        brokenFor = store;
    }

    @Override
    public boolean offer(Desired desired) {
        if (desired.key().store().value().equals(brokenFor)) {
            throw new IllegalStateException("broken");
        }
        return !full && taken.add(desired);
    }

    @Override
    public CompletableFuture<Void> offerDurably(Desired desired) {
        if (!offer(desired)) {
            return CompletableFuture.failedFuture(new IllegalStateException("full"));
        }
        CompletableFuture<Void> commit = slow ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
        commits.add(commit);
        return commit;
    }

    @Override
    public HandOverState state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void open() {}

    @Override
    public int close(Duration atMost) {
        return 0;
    }
}
