package io.yotposync.autoconfigure;

import io.yotposync.dispatch.SyncThreads;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every part of the plugin runs on: its clock and its own threads. One bean of our own type, so that the host's
 * context gets neither a {@code Clock} nor an {@code Executor} from us.
 *
 * @param threads two at least: a scan, or a write beside the writer's, may take one for as long as the host's database makes
 *     it wait
 */
public record SyncRuntime(Clock clock, ScheduledExecutorService threads) implements AutoCloseable {

    /** Ends the threads; by the context, when all that runs on them has gone. */
    @Override
    public void close() {
        SyncThreads.end(threads);
    }
}
