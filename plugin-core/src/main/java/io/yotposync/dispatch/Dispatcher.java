package io.yotposync.dispatch;

import io.yotposync.observe.StorageFault;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Rival;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** While draining, rows due as soon as this are sent at once: there is no time for states to settle. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    /** Without it, whoever waits for another would be claimed again and again while draining. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Map<StoreKey, StoreLane> lanes = new LinkedHashMap<>();
    private final LanePorts ports;
    private final DispatchSettings settings;
    private final WakeUps wakeUps;
    private final Answers answers;

    private Instant nextPoll = Instant.MIN;
    private boolean failing;
    private volatile CountDownLatch drained = new CountDownLatch(1);
    private volatile @Nullable Instant stopBy;
    private volatile boolean stopped;

    Dispatcher(
            Collection<StoreLane> lanes, LanePorts ports, DispatchSettings settings, ScheduledExecutorService threads) {
        lanes.forEach(lane -> this.lanes.put(lane.key(), lane));
        this.ports = ports;
        this.settings = settings;
        this.answers = new Answers(this.lanes, ports.outbox());
        this.wakeUps = new WakeUps(threads, ports.clock(), this::round);
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

    /** Starts draining, also after a stop. */
    public void start() {
        stopBy = null;
        stopped = false;
        nextPoll = Instant.MIN;
        drained = new CountDownLatch(1);
        wakeUps.at(ports.clock().instant());
    }

    /** Says that a state was written that is due at its time. Any thread; costs next to nothing. */
    public void wake(Desired written) {
        wake(written.key().store(), written.notBefore());
    }

    /** Says that a store has work due at a moment. Any thread; costs next to nothing. */
    public void wake(StoreKey store, Instant due) {
        StoreLane lane = lanes.get(store);
        if (lane != null && stopBy == null) {
            Instant whole = WakeUps.notBefore(due);
            lane.wakeAt(whole);
            wakeUps.at(whole);
        }
    }

    /**
     * Claims no more, waits for the requests under way, then leaves the lanes to other nodes. An outbox that is not
     * durable is drained first, and what is lost with it is told in the log. The threads are the caller's to end.
     *
     * @param atMost how long this may take
     */
    public void stop(Duration atMost) {
        beginStop(atMost);
        try {
            if (!drained.await(atMost.toMillis(), TimeUnit.MILLISECONDS) && isUnderWay()) {
                LOG.warn("Yotpo sync: stopped before all requests under way were answered");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        stopped = true;
        int lost = ports.outbox().durable() ? 0 : left();
        if (lost > 0) {
            LOG.warn("Yotpo sync: stopped with {} customers not sent, who were kept in memory only", lost);
        }
    }

    private boolean isUnderWay() {
        return lanes.values().stream().anyMatch(StoreLane::isSending);
    }

    private int left() {
        return lanes.keySet().stream()
                .mapToInt(store -> ports.outbox().backlog(store, Integer.MAX_VALUE))
                .sum();
    }

    void beginStop(Duration atMost) {
        Instant now = ports.clock().instant();
        stopBy = now.plus(atMost);
        wakeUps.at(now);
    }

    boolean isDrained() {
        return drained.getCount() == 0;
    }

    /** This node's name, as the lanes' leases have it. */
    public String node() {
        return settings.node();
    }

    /** How this node gets on with a store; {@code null} if it is not configured. Any thread; never blocks. */
    public @Nullable LaneStatus status(StoreKey store) {
        StoreLane lane = lanes.get(store);
        return lane == null ? null : lane.status(ports.clock().instant());
    }

    /** Whether this node holds the right to drain a store. Any thread; never blocks. */
    public boolean holds(StoreKey store) {
        StoreLane lane = lanes.get(store);
        return lane != null && lane.holdsLease(ports.clock().instant());
    }

    private void round() {
        if (stopped) {
            return;
        }
        Instant now = ports.clock().instant();
        boolean more = true;
        try {
            more = !isLastOf(now);
        } finally {
            if (more) {
                Instant end = ports.clock().instant();
                planNext(end.isBefore(now) ? end : now); // the clock was put back meanwhile
            }
        }
    }

    private boolean isLastOf(Instant now) {
        Throwable fault = attempt(() -> answers.write(now));
        if (fault == null) {
            fault = fill(now);
        }
        report(fault);
        Instant end = stopBy;
        if (end == null || !isQuiet(now, end)) {
            return false;
        }
        lanes.values().forEach(this::release);
        drained.countDown();
        return true;
    }

    private static @Nullable Throwable attempt(Runnable part) {
        try {
            part.run();
            return null;
        } catch (Throwable fault) {
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
            LOG.warn("Yotpo sync: the outbox cannot be used at the moment: {}", StorageFault.kind(fault));
        } else if (fault == null && failing) {
            LOG.info("Yotpo sync: the outbox works again");
        }
        failing = fault != null;
    }

    /** No lane's trouble keeps another from its work. */
    private @Nullable Throwable fill(Instant now) {
        boolean stopping = stopBy != null;
        boolean draining = stopping && !ports.outbox().durable();
        Set<StoreKey> due = new HashSet<>();
        Throwable first = null;
        if (draining) {
            due.addAll(lanes.keySet());
        } else if (!stopping) {
            first = attempt(() -> due.addAll(poll(now)));
        }
        for (StoreLane lane : lanes.values()) {
            Throwable fault = attempt(() -> {
                lane.settle();
                boolean wanted = due.contains(lane.key()) || lane.isWanted(now);
                if (wanted && (draining || !stopping)) {
                    // The lanes before may have waited for the storage.
                    lane.fill(ports.clock().instant(), draining ? SETTLED : Duration.ZERO, this::answered);
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
        boolean asked = answer.claim().rival() == Rival.NONE;
        wakeUps.at(ports.clock().instant().plus(asked ? Duration.ZERO : PAUSE));
    }

    private boolean isQuiet(Instant now, Instant end) {
        boolean idle = answers.isEmpty() && lanes.values().stream().allMatch(StoreLane::isIdle);
        return idle && (ports.outbox().durable() || isDrained(now, end));
    }

    /** Also a store that has to wait for a while still has its work to do. */
    private boolean isDrained(Instant now, Instant end) {
        Set<StoreKey> due = ports.outbox().dueStores(now.plus(SETTLED));
        return lanes.values().stream().noneMatch(lane -> due.contains(lane.key()) && lane.maySendBy(end, now));
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
