package io.yotposync.dispatch;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all lanes: asks the outbox for due work about once a second, and at once when work is handed over or an answer
 * comes in. One round runs at a time, on the plugin's own threads; however many stores there are, they need no more
 * threads.
 */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** While draining there is no time for states to settle. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Map<StoreKey, StoreLane> lanes = new LinkedHashMap<>();
    private final LanePorts ports;
    private final DispatchSettings settings;
    private final ScheduledExecutorService threads;
    private final WakeUps wakeUps;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Reaction> unwritten = new ArrayList<>();
    private final CountDownLatch drained = new CountDownLatch(1);

    private Instant nextPoll = Instant.MIN;
    private boolean failing;
    private volatile boolean stopping;

    private Dispatcher(
            Collection<StoreLane> lanes, LanePorts ports, DispatchSettings settings, ScheduledExecutorService threads) {
        lanes.forEach(lane -> this.lanes.put(lane.key(), lane));
        this.ports = ports;
        this.settings = settings;
        this.threads = threads;
        this.wakeUps = new WakeUps(threads, ports.clock(), this::round);
    }

    static Dispatcher of(
            Collection<StoreLane> lanes, LanePorts ports, DispatchSettings settings, ScheduledExecutorService threads) {
        return new Dispatcher(lanes, ports, settings, threads);
    }

    /**
     * To be told what is written: wakes this dispatcher for it, and says once when writing fails and works again.
     *
     * @param listener told what was given up
     * @param others told last
     */
    public HandOverListener handOverListener(SyncListener listener, List<HandOverListener> others) {
        return new HandOverReaction(this, listener, others);
    }

    /** Starts draining. */
    public void start() {
        wakeUps.at(ports.clock().instant());
    }

    /** Says that a store has work due at a moment. Any thread; costs next to nothing. */
    public void wake(StoreKey store, Instant due) {
        StoreLane lane = lanes.get(store);
        if (lane != null && !stopping) {
            lane.wakeAt(due);
            wakeUps.at(due);
        }
    }

    /**
     * Claims no more, waits for the requests under way, then leaves the lanes to other nodes. An outbox that is not
     * durable is drained first. Returns when done, or after {@link DispatchSettings#drain()}.
     */
    public void stop() {
        beginStop();
        try {
            if (!drained.await(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Yotpo sync: stopped before all requests under way were answered");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    void beginStop() {
        stopping = true;
        wakeUps.at(ports.clock().instant());
    }

    boolean isDrained() {
        return drained.getCount() == 0;
    }

    /** How this node gets on with each store. Any thread; never blocks. */
    public List<LaneStatus> status() {
        Instant now = ports.clock().instant();
        return lanes.values().stream().map(lane -> lane.status(now)).toList();
    }

    private void round() {
        Instant now = ports.clock().instant();
        Throwable fault = attempt(() -> write(now));
        if (fault == null) {
            fault = fill(now);
        }
        report(fault);
        if (stopping && isQuiet()) {
            lanes.values().forEach(this::release);
            drained.countDown();
        } else {
            planNext(now);
        }
    }

    private static @Nullable Throwable attempt(Runnable part) {
        try {
            part.run();
            return null;
        } catch (RuntimeException | LinkageError fault) {
            return fault;
        }
    }

    private void planNext(Instant now) {
        wakeUps.at(now.plus(settings.poll()));
        lanes.values().forEach(lane -> {
            Instant wake = lane.nextWake();
            if (wake.isAfter(now)) {
                wakeUps.at(wake);
            }
        });
    }

    private void report(@Nullable Throwable fault) {
        if (fault != null && !failing) {
            LOG.warn(
                    "Yotpo sync: the outbox cannot be used at the moment: {}",
                    fault.getClass().getName());
        } else if (fault == null && failing) {
            LOG.info("Yotpo sync: the outbox works again");
        }
        failing = fault != null;
    }

    /** Writes all answers that have come in, as one batch. */
    private void write(Instant now) {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
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
        Collection<Completion> refused = ports.outbox().complete(completions, now);
        for (Reaction reaction : unwritten) {
            StoreLane lane = lanes.get(reaction.completion().claim().key().store());
            if (lane != null && !refused.contains(reaction.completion())) {
                lane.follow(reaction);
            }
        }
        unwritten.clear();
    }

    /** No lane's trouble keeps another from its work. */
    private @Nullable Throwable fill(Instant now) {
        boolean draining = stopping && !ports.outbox().durable();
        Set<StoreKey> due = new HashSet<>();
        Throwable first = null;
        if (draining) {
            due.addAll(lanes.keySet());
        } else if (!stopping) {
            first = attempt(() -> due.addAll(poll(now)));
        }
        Instant dueUntil = draining ? now.plus(SETTLED) : now;
        for (StoreLane lane : lanes.values()) {
            Throwable fault = attempt(() -> {
                lane.settle();
                boolean wanted = due.contains(lane.key()) || lane.isWanted(now);
                if (wanted && (draining || !stopping)) {
                    lane.fill(now, dueUntil, this::answered);
                }
            });
            first = first == null ? fault : first;
        }
        return first;
    }

    private Set<StoreKey> poll(Instant now) {
        // A moment further off than a poll was set before the clock was put back.
        if (now.isBefore(nextPoll) && !nextPoll.isAfter(now.plus(settings.poll()))) {
            return Set.of();
        }
        nextPoll = now.plus(settings.poll());
        ports.states().refresh();
        return ports.outbox().dueStores(now);
    }

    private void answered(Answer answer) {
        answers.add(answer);
        wakeUps.at(ports.clock().instant());
    }

    private boolean isQuiet() {
        boolean idle = answers.isEmpty()
                && unwritten.isEmpty()
                && lanes.values().stream().allMatch(StoreLane::isIdle);
        return idle && (ports.outbox().durable() || lanes.values().stream().allMatch(StoreLane::isDrained));
    }

    private void release(StoreLane lane) {
        try {
            lane.releaseLease();
        } catch (RuntimeException fault) {
            LOG.debug(
                    "Yotpo sync: lane {} not released: {}",
                    lane.key(),
                    fault.getClass().getName());
        }
    }
}
