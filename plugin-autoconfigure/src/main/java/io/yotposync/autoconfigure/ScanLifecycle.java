package io.yotposync.autoconfigure;

import io.yotposync.scan.Scanner;
import java.time.Duration;
import java.util.function.Consumer;

/** Scans from after the lanes have started until before they stop. */
final class ScanLifecycle extends HostLifecycle {

    private final Scanner scanner;
    private final Consumer<Scanner> start;
    private final Duration drain;

    ScanLifecycle(Scanner scanner, Consumer<Scanner> start, Duration drain) {
        super(SyncLifecycle.PHASE + 1);
        this.scanner = scanner;
        this.start = start;
        this.drain = drain;
    }

    @Override
    void begin() {
        start.accept(scanner);
    }

    @Override
    void end() {
        scanner.stop(drain);
    }
}
