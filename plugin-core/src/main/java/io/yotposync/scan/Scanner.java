package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all scans, one batch at a time: that waits for the host's database, so it never takes more than one of the threads
 * that send. One node scans at a time; the others wait for its lease to end.
 */
public final class Scanner {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

    /** Before any version of the plugin. */
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final ScanRunner runner;
    private final Agenda agenda;
    private final Chore chores;
    private final Live live;
    private final OneAtATime turns;
    private final ScanLease lease;

    private final Pauses pauses = new Pauses();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScanFaults faults = new ScanFaults();
    private volatile boolean started;
    private @Nullable Collection<StoreSettings> toBegin;
    private boolean scans = true;
    private boolean unset;

    /**
     * The live way in.
     *
     * @param saved takes a customer as a save does
     * @param rereads customers of whom an event told a part only
     */
    public record Live(Consumer<? super CustomerSnapshot> saved, Rereads rereads) {}

    /**
     * Where it runs.
     *
     * @param threads two at least; no more than one is ever taken, and none is left to end here
     * @param node this node's name, unique among all that share the ledger
     */
    public record Place(ScheduledExecutorService threads, String node) {}

    public Scanner(
            ScanPorts ports, ScanSettings settings, Mapping mapping, List<Chore> chores, Live live, Place place) {
        this.ports = ports;
        this.settings = settings;
        this.chores = new Chores(chores);
        this.live = live;
        turns = new OneAtATime(place.threads());
        lease = new ScanLease(ports.scanStates(), place.node());
        runner = new ScanRunner(ports, settings, mapping);
        agenda = new Agenda(ports, settings);
    }

    /**
     * Starts scanning, also after a stop.
     *
     * @param backfill the stores to backfill unless that was done or begun before
     */
    public void start(Collection<StoreSettings> backfill) {
        start(() -> {
            scans = true;
            toBegin = List.copyOf(backfill);
        });
    }

    /** Starts reading again whom events told a part of, and scans nothing: for a node that leaves that to others. */
    public void startRereading() {
        start(() -> scans = false);
    }

    private void start(Runnable first) {
        turns.open();
        live.rereads().onFirst(this::wake);
        started = true;
        run(() -> {
            lease.forget(); // given back by the last stop
            woken.set(false);
            first.run();
            goOn();
        });
    }

    /** Looks at once whether there is something to do, if it was started. Any thread; returns at once. */
    public void wake() {
        if (started && woken.compareAndSet(false, true)) {
            run(this::lookOnce);
        }
    }

    /** Beside the chain of rounds, which goes on as planned. */
    private void lookOnce() {
        Duration next = round();
        LOG.trace("Yotpo sync: the next scan is due within {}", next);
    }

    private void run(Runnable work) {
        turns.execute(() -> guarded(work));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable fault) {
            faults.ofRound(fault);
        }
    }

    /** The one chain of rounds: each plans the next, whatever becomes of it. */
    private void goOn() {
        Duration wait = AFTER_FAULT;
        try {
            wait = round();
        } catch (Throwable fault) {
            faults.ofRound(fault);
        } finally {
            turns.plan(this::goOn, wait);
        }
    }

    /** Waits for the batch at hand, then leaves the scans to other nodes. */
    public void stop(Duration atMost) {
        live.rereads().onFirst(null);
        started = false;
        try {
            if (!turns.close(atMost)) {
                LOG.debug("Yotpo sync: stopped before the batch at hand had ended");
            }
            if (live.rereads().dropRest()) {
                PartialCustomers.askForScans(ports, live);
            }
            lease.release();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.debug(
                    "Yotpo sync: the scans' lease ends by itself: {}",
                    fault.getClass().getName());
        }
    }

    /** One batch of every scan that is due; returns when to look again. */
    Duration round() {
        woken.set(false);
        PartialCustomers.reread(ports, live);
        Set<ScanJob> underWay = new HashSet<>();
        Duration wait = scans ? scanAll(underWay) : IDLE;
        faults.roundIsOver(underWay);
        return wait;
    }

    /** @param underWay gets the scans that go on */
    private Duration scanAll(Set<ScanJob> underWay) {
        Instant now = ports.clock().instant();
        if (!isSet(now)) {
            return IDLE;
        }
        beginOnce();
        runner.rest(now);
        if (!lease.isHeld(now)) {
            return IDLE;
        }
        Map<ScanJob, ScanState> states =
                ports.scanStates().all().stream().collect(Collectors.toMap(ScanState::job, state -> state));
        List<StoreSettings> stores =
                ports.stores().all().stream().filter(this::isEnabled).toList();
        chores.run(stores, List.copyOf(states.values()), now);
        agenda.update(stores, states, now);
        Duration wait = IDLE;
        for (StoreSettings store : stores) {
            for (ScanJob job : agenda.jobs(store.key(), states)) {
                ScanState state = states.get(job);
                if (state != null && state.isRunning()) {
                    underWay.add(job);
                }
                Duration until = guardedStep(job, state, store);
                wait = until.compareTo(wait) < 0 ? until : wait;
            }
        }
        return wait;
    }

    /** By a clock that is not set yet all customers changed since, and who is saved is older than is known of it. */
    private boolean isSet(Instant now) {
        if (now.isBefore(LONG_AGO)) {
            if (!unset) {
                LOG.warn("Yotpo sync: scans wait until the clock is set, which says {}", now);
            }
            unset = true;
        } else if (unset) {
            PartialCustomers.askForScans(ports, live);
            unset = false;
        }
        return !unset;
    }

    /** Tried in each round until it succeeded once: a database that is away at start is back some time. */
    private void beginOnce() {
        if (toBegin != null) {
            agenda.begin(toBegin);
            toBegin = null;
        }
    }

    /** What one scan of one store meets is no reason for the others to wait. */
    private Duration guardedStep(ScanJob job, @Nullable ScanState state, StoreSettings store) {
        try {
            return stepIfDue(state, store);
        } catch (Throwable fault) {
            faults.of(job, fault);
            return later(job, AFTER_FAULT);
        }
    }

    private Duration stepIfDue(@Nullable ScanState state, StoreSettings store) {
        if (state == null || !state.isRunning()) {
            return IDLE;
        }
        Instant now = ports.clock().instant();
        Duration left = pauses.left(state.job(), now);
        if (!left.isZero()) {
            return left;
        }
        boolean writes = !state.job().isDryRun();
        if (writes
                && ports.outbox().backlog(store.key(), settings.pace().backlog())
                        >= settings.pace().backlog()) {
            return later(state.job(), IDLE);
        }
        Optional<ScanState> after = runner.step(state, store);
        faults.passed(state.job());
        after.ifPresent(this::tell);
        return later(
                state.job(),
                isSlow(state)
                        ? settings.catchUp().sweepPause()
                        : settings.pace().pause());
    }

    private Duration later(ScanJob job, Duration pause) {
        pauses.begin(job, pause, ports.clock().instant());
        return pause;
    }

    private static boolean isSlow(ScanState state) {
        return state.job().isSweep() && !state.counts().has(Tally.URGENT);
    }

    private void tell(ScanState state) {
        if (state.status() == ScanStatus.ASKING) {
            LOG.warn("Yotpo sync: the {} stopped and asks. {}", state.job(), state.question());
        } else if (state.status() == ScanStatus.DONE && !state.job().isOfChanges()) {
            String counted = state.counts().text();
            LOG.info("Yotpo sync: the {} is done: {}", state.job(), counted.isEmpty() ? "there was nobody" : counted);
        }
    }

    private boolean isEnabled(StoreSettings store) {
        return ports.storeStates().get(store.key()).isEnabled(store.enabled());
    }
}
