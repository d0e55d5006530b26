package io.yotposync.autoconfigure;

import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Brings erasures to their end where nothing scans that would do so by the way. */
final class ErasureLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Erasure erasure;
    private final ScanStates states;
    private final SyncRuntime runtime;
    private volatile @Nullable Future<?> rounds;

    ErasureLifecycle(Erasure erasure, ScanStates states, SyncRuntime runtime) {
        this.erasure = erasure;
        this.states = states;
        this.runtime = runtime;
    }

    private void round() {
        try {
            Collection<ScanState> all = states.all();
            erasure.run(List.of(), all, runtime.clock().instant());
        } catch (Throwable fault) {
            LOG.debug(
                    "Yotpo sync: erasures cannot be ended at the moment: {}",
                    fault.getClass().getName());
        }
    }

    @Override
    public void start() {
        try {
            rounds = runtime.threads().scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closedWhileStarting) {
            LOG.debug("Yotpo sync: erasures wait for the next start");
        }
    }

    @Override
    public void stop() {
        Future<?> running = rounds;
        if (running != null) {
            running.cancel(false);
            rounds = null;
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    @Override
    public int getPhase() {
        return SyncLifecycle.PHASE + 1;
    }
}
