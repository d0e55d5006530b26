package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A hand-over by group commit, to an outbox whose writes wait for a gate. */
@Timeout(30)
abstract class GatedHandOver {

    static final CustomerKey A = key(EU, "a");
    static final CustomerKey B = key(EU, "b");
    static final CustomerKey C = key(EU, "c");
    static final Clock CLOCK = Clock.fixed(at(5), ZoneOffset.UTC);
    static final GroupCommitSettings QUICK =
            GroupCommitSettings.standard().withRetries(Duration.ofNanos(1), Duration.ofNanos(4));

    final GatedOutbox outbox = new GatedOutbox();
    final Heard heard = new Heard();
    HandOver handOver = HandOver.groupCommit(outbox, CLOCK, QUICK, heard);

    @AfterEach
    void end() {
        outbox.check = batch -> {};
        openTheGate();
        handOver.close(Duration.ofSeconds(10));
    }

    void restart(GroupCommitSettings settings) {
        handOver.close(Duration.ofSeconds(10));
        handOver = HandOver.groupCommit(outbox, CLOCK, settings, heard);
    }

    void openTheGate() {
        outbox.gate.release(1_000_000);
    }

    static final class Heard implements HandOverListener {

        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final List<CustomerKey> givenUp = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();
        final Semaphore failed = new Semaphore(0);
        volatile boolean throwing;
        volatile @Nullable Error error;

        @Override
        public void written(Collection<Desired> states, Duration took) {
            batches.add(states.size());
            Error own = error;
            if (own != null) {
                throw own;
            }
        }

        @Override
        public void failed(Throwable cause) {
            failures.incrementAndGet();
            failed.release();
            if (throwing) {
                throw new IllegalStateException("a listener's own fault");
            }
        }

        @Override
        public void givenUp(CustomerKey key) {
            givenUp.add(key);
        }
    }
}
