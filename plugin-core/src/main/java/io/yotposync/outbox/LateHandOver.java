package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is saved after the end too, as by requests that a web server does not wait for, or by a host's executor that
 * finishes its tasks. A thread of its own writes it, and ends when nothing waits; what it cannot write is given up at once,
 * for the database may be closed for good.
 */
final class LateHandOver implements HandOver {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** The host's connection is held meanwhile, and may be the only one. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** Where the database takes none of so many in a row, it is away, and the states are not at fault. */
    private static final int AWAY_AFTER = 2;

    private final HandOver inTime;
    private final Outbox outbox;
    private final Clock clock;
    private final GroupCommitSettings settings;
    private final QuietListener listener;

    private final Map<CustomerKey, Waiting> late = new LinkedHashMap<>();
    private volatile boolean inVain;
    private Phase phase = Phase.OPEN;
    private @Nullable Thread writer;

    /** Nothing is written late before the one who writes in time is done: an older state would come after a newer. */
    private enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    /** @param inTime takes all there is until it is closed */
    LateHandOver(HandOver inTime, Outbox outbox, Clock clock, GroupCommitSettings settings, HandOverListener listener) {
        this.inTime = inTime;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.listener = new QuietListener(listener);
    }

    @Override
    public boolean offer(Desired state) {
        return inTime.offer(state) || offerLate(state);
    }

    /**
     * Who waits keeps the database open: whoever saves now is what the end of the context waits for. After one who waited in
     * vain nobody does until something was written, for the connection that is held meanwhile may be what it waits for.
     */
    private boolean offerLate(Desired state) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        boolean taken = take(new Waiting(state, List.of(told)));
        if (taken && !inVain) {
            try {
                told.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException notYet) {
                waitedInVain();
                LOG.debug("Yotpo sync: {} was not written in time after the end", state.key());
            }
        }
        return taken;
    }

    @Override
    public CompletableFuture<Void> offerDurably(Desired state) {
        CompletableFuture<Void> told = inTime.offerDurably(state);
        if (!told.isCompletedExceptionally()) {
            return told;
        }
        CompletableFuture<Void> toldLate = new CompletableFuture<>();
        return take(new Waiting(state, List.of(toldLate))) ? toldLate : told;
    }

    private synchronized boolean take(Waiting offered) {
        Waiting before = late.get(offered.key());
        if (phase == Phase.OPEN || (before == null && late.size() >= settings.capacity())) {
            return false;
        }
        late.put(offered.key(), before == null ? offered : before.merge(offered));
        startWriter();
        return true;
    }

    /** Before the end it is only the last writes in time that take so long. */
    private synchronized void waitedInVain() {
        inVain = phase == Phase.CLOSED;
    }

    private void startWriter() {
        if (writer == null && phase == Phase.CLOSED) {
            writer = new Thread(this::writeAll, "yotpo-sync-outbox-late");
            writer.setDaemon(true);
            writer.start();
        }
    }

    private void writeAll() {
        for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
            if (!write(batch)) {
                writeEach(batch);
            }
        }
    }

    /** One that the database does not take is no reason to lose the others. */
    private void writeEach(List<Waiting> batch) {
        int failed = 0;
        for (Waiting one : batch) {
            boolean written = failed < AWAY_AFTER && batch.size() > 1 && write(List.of(one));
            failed = written ? 0 : failed + 1;
            if (!written) {
                giveUp(one);
            }
        }
    }

    private synchronized List<Waiting> next() {
        List<Waiting> batch = late.values().stream().limit(settings.maxBatch()).toList();
        batch.forEach(one -> late.remove(one.key()));
        writer = batch.isEmpty() ? null : writer;
        return batch;
    }

    private boolean write(List<Waiting> batch) {
        Set<CustomerKey> refused;
        long start = System.nanoTime();
        try {
            refused = outbox.upsert(batch.stream().map(Waiting::state).toList(), clock.instant());
        } catch (Throwable fault) {
            listener.failed(fault);
            return false;
        }
        inVain = false;
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        listener.written(Waiting.taken(batch, refused, this::giveUp), took);
        return true;
    }

    private void giveUp(Waiting one) {
        one.refused();
        listener.givenUp(one.key());
    }

    @Override
    public HandOverState state() {
        return inTime.state();
    }

    @Override
    public void open() {
        enter(Phase.OPEN);
        inTime.open();
    }

    @Override
    public int close(Duration atMost) {
        enter(Phase.CLOSING);
        int lost = inTime.close(atMost);
        enter(Phase.CLOSED);
        return lost;
    }

    private synchronized void enter(Phase next) {
        phase = next;
        inVain = false;
        if (!late.isEmpty()) {
            startWriter();
        }
    }
}
