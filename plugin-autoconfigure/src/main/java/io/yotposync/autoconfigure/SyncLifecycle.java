package io.yotposync.autoconfigure;

import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.HandOver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the host, as often as it does: started before the web server takes requests, stopped after it
 * answered the last, and long before the database goes.
 */
final class SyncLifecycle implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** Boot's web server lies a little above. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8192;

    private final HandOver handOver;
    private final Dispatcher dispatcher;
    private final StartReport report;
    private final Duration drain;
    private final Clock clock;
    private volatile boolean running;
    private volatile boolean destroyed;

    SyncLifecycle(HandOver handOver, Dispatcher dispatcher, StartReport report, Duration drain, Clock clock) {
        this.handOver = handOver;
        this.dispatcher = dispatcher;
        this.report = report;
        this.drain = drain;
        this.clock = clock;
    }

    /** A host that closes the context while it starts goes on starting what is in it. */
    @Override
    public void start() {
        if (destroyed) {
            return;
        }
        report.log();
        handOver.open();
        dispatcher.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        Instant end = clock.instant().plus(drain);
        int lost = handOver.close(drain);
        if (lost > 0) {
            LOG.warn("Yotpo sync: stopped with {} customers not written to the outbox", lost);
        }
        dispatcher.stop(Duration.between(clock.instant(), end));
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
