package io.yotposync.dispatch;

import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What came of claims, until it is written. Used on the dispatcher's thread; only {@link #add} may be called on any. */
final class Answers {

    private final Map<StoreKey, StoreLane> lanes;
    private final Outbox outbox;
    private final ConcurrentLinkedQueue<Answer> arrived = new ConcurrentLinkedQueue<>();
    private final List<Reaction> unwritten = new ArrayList<>();

    Answers(Map<StoreKey, StoreLane> lanes, Outbox outbox) {
        this.lanes = lanes;
        this.outbox = outbox;
    }

    void add(Answer answer) {
        arrived.add(answer);
    }

    boolean isEmpty() {
        return arrived.isEmpty() && unwritten.isEmpty();
    }

    /** Writes all that have come in, as one batch, together with what could not be written before. */
    void write(Instant now) {
        for (Answer answer = arrived.poll(); answer != null; answer = arrived.poll()) {
            StoreLane lane = lanes.get(answer.claim().key().store());
            if (lane != null) {
                unwritten.add(lane.finish(answer, now));
            }
        }
        if (unwritten.isEmpty()) {
            return;
        }
        List<Completion> completions =
                unwritten.stream().map(Reaction::completion).toList();
        Collection<Completion> refused = outbox.complete(completions, now);
        for (Reaction reaction : unwritten) {
            StoreLane lane = lanes.get(reaction.completion().claim().key().store());
            if (lane != null && !refused.contains(reaction.completion())) {
                lane.follow(reaction);
            }
        }
        unwritten.clear();
    }
}
