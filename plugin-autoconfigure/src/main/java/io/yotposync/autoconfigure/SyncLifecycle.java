package io.yotposync.autoconfigure;

import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.HandOver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the host, as often as it does: started before the web server takes requests, stopped after it
 * answered the last, and long before the database goes.
 */
final class SyncLifecycle extends HostLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** Boot's web server lies a little above. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8192;

    private final HandOver handOver;
    private final Dispatcher dispatcher;
    private final StartReport report;
    private final Duration drain;
    private final Clock clock;

    SyncLifecycle(HandOver handOver, Dispatcher dispatcher, StartReport report, Duration drain, Clock clock) {
        super(PHASE);
        this.handOver = handOver;
        this.dispatcher = dispatcher;
        this.report = report;
        this.drain = drain;
        this.clock = clock;
    }

    @Override
    void begin() {
        handOver.open(); // first, for the report looks into the database
        report.log();
        dispatcher.start();
    }

    @Override
    void end() {
        Instant end = clock.instant().plus(drain);
        int lost = handOver.close(drain);
        if (lost > 0) {
            LOG.warn("Yotpo sync: stopped with {} customers not written to the outbox", lost);
        }
        dispatcher.stop(Duration.between(clock.instant(), end));
    }
}
