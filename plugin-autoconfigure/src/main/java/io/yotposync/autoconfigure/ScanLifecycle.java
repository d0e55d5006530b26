package io.yotposync.autoconfigure;

import io.yotposync.scan.Scanner;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/** Scans from after the lanes have started until before they stop. */
final class ScanLifecycle implements SmartLifecycle, DisposableBean {

    private static final int PHASE = SyncLifecycle.PHASE + 1;

    private final Scanner scanner;
    private final Consumer<Scanner> start;
    private final Duration drain;
    private volatile boolean running;
    private volatile boolean destroyed;

    ScanLifecycle(Scanner scanner, Consumer<Scanner> start, Duration drain) {
        this.scanner = scanner;
        this.start = start;
        this.drain = drain;
    }

    /** A host that closes the context while it starts goes on starting what is in it. */
    @Override
    public void start() {
        if (destroyed) {
            return;
        }
        start.accept(scanner);
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

    /** A context that is refreshed without being closed calls no {@link #stop}. */
    @Override
    public void destroy() {
        destroyed = true;
        if (running) {
            stop();
        }
    }
}
