package io.yotposync.autoconfigure;

import io.yotposync.dispatch.Dispatcher;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the host: started before the web server takes requests, stopped after it answered the last, and
 * long before the database goes.
 */
final class SyncLifecycle implements SmartLifecycle {

    /** Boot's web server lies a little above. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8192;

    private final Dispatcher dispatcher;
    private final StartReport report;
    private volatile boolean running;

    SyncLifecycle(Dispatcher dispatcher, StartReport report) {
        this.dispatcher = dispatcher;
        this.report = report;
    }

    @Override
    public void start() {
        report.log();
        dispatcher.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        dispatcher.stop();
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
