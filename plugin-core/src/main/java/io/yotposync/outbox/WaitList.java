package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states that wait to be written, and which of them make the next write: customers in the order in which each first
 * came, each in one write at a time.
 *
 * <p>A state stays until it is written, so that the bound holds for all of them and a failed write loses nothing. After a
 * failure writes shrink to one state, and what fails alone goes behind the others: a single state that the storage will
 * never take cannot hold up the rest.
 *
 * <p>Not thread-safe: its owner has a lock.
 */
final class WaitList {

    static final Write NOTHING = new Write(List.of(), Instant.EPOCH, 0);

    private final GroupCommitSettings settings;
    private final Map<CustomerKey, Waiting> waiting = new LinkedHashMap<>();
    private final Deque<Write> underWay = new ArrayDeque<>();
    private final Set<CustomerKey> inWrites = new HashSet<>();

    private int writeSize;

    /** Since the last success. */
    private int failures;

    /** Since ever. */
    private long allFailures;

    private long written;
    private @Nullable Instant failingSince;

    WaitList(GroupCommitSettings settings) {
        this.settings = settings;
        writeSize = settings.maxBatch();
    }

    /** One write, begun at its time, after so many failures of any. */
    record Write(List<Waiting> states, Instant begun, long failuresBefore) {

        List<Desired> desired() {
            return states.stream().map(Waiting::state).toList();
        }

        boolean isEmpty() {
            return states.isEmpty();
        }
    }

    /** @return whether there was room */
    boolean add(Waiting offered) {
        Waiting before = waiting.get(offered.key());
        if (before == null && waiting.size() >= settings.capacity()) {
            return false;
        }
        waiting.put(offered.key(), before == null ? offered : before.merge(offered));
        return true;
    }

    int size() {
        return waiting.size();
    }

    List<Waiting> all() {
        return new ArrayList<>(waiting.values());
    }

    /** Whether any is in no write. */
    boolean hasMore() {
        return waiting.size() > inWrites.size();
    }

    /** Whether those in no write are as many as one takes, and the storage takes them. */
    boolean overflows() {
        return failures == 0 && waiting.size() - inWrites.size() >= settings.maxBatch();
    }

    /** How long to wait with the next write. */
    Duration delay() {
        return failures == 0 ? Duration.ZERO : settings.wait(failures);
    }

    Write next(Instant now) {
        Write write = new Write(
                waiting.values().stream()
                        .filter(one -> !inWrites.contains(one.key()))
                        .limit(writeSize)
                        .toList(),
                now,
                allFailures);
        write.states().forEach(one -> inWrites.add(one.key()));
        underWay.add(write);
        return write;
    }

    /** Leaves it where it became newer meanwhile. Each by itself, for saves wait for the lock. */
    void written(Waiting one) {
        waiting.remove(one.key(), one);
        inWrites.remove(one.key());
        written++;
    }

    /** After each of its states. One that began before another failed says nothing of what the storage takes since. */
    void written(Write write) {
        underWay.remove(write);
        if (write.failuresBefore() == allFailures) {
            failures = 0;
            failingSince = null;
            writeSize = Math.min(settings.maxBatch(), writeSize * 2);
        }
    }

    /** @return the one that will never be written, and is no longer here */
    @Nullable
    Waiting failed(Write write, Instant now) {
        List<Waiting> states = write.states();
        underWay.remove(write);
        states.forEach(one -> inWrites.remove(one.key()));
        failures++;
        allFailures++;
        failingSince = failingSince == null ? now : failingSince;
        writeSize = Math.max(1, Math.min(writeSize, states.size() / 2));
        return states.size() > 1 ? null : failedAlone(states.get(0));
    }

    /** Of no write under way it will be told how it ended: what is not written is in the next ones. */
    void breakOff() {
        underWay.clear();
        inWrites.clear();
    }

    private @Nullable Waiting failedAlone(Waiting one) {
        if (one.failedAlone(written)) {
            waiting.remove(one.key(), one);
            return one;
        }
        Waiting now = waiting.remove(one.key());
        if (now != null) {
            waiting.put(one.key(), now);
        }
        return null;
    }

    /** @param hanging a write that takes longer counts as failing */
    @Nullable
    Instant failingSince(Instant now, Duration hanging) {
        Write oldest = underWay.peek();
        boolean hangs = oldest != null && oldest.begun().plus(hanging).isBefore(now);
        return failingSince == null && hangs ? oldest.begun() : failingSince;
    }
}
