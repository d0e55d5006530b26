package io.yotposync.autoconfigure;

import io.yotposync.scan.Scanner;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.Collection;
import org.springframework.context.SmartLifecycle;

/** Scans from after the lanes have started until before they stop. */
final class ScanLifecycle implements SmartLifecycle {

    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8192 + 1;

    private final Scanner scanner;
    private final Collection<StoreSettings> backfill;
    private final Duration drain;
    private volatile boolean running;

    ScanLifecycle(Scanner scanner, Collection<StoreSettings> backfill, Duration drain) {
        this.scanner = scanner;
        this.backfill = backfill;
        this.drain = drain;
    }

    @Override
    public void start() {
        scanner.start(backfill);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scanner.stop(drain);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
