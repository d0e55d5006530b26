package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.outbox.HandOver;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.Scanner;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nobody would stop again what is started after the context was closed. */
class ClosedWhileStartingTest {

    private static final Duration DRAIN = Duration.ofSeconds(1);

    @Test
    void nothingIsSentAfterTheEnd() {
        HandOver handOver = mock(HandOver.class);
        Dispatcher dispatcher = mock(Dispatcher.class);
        StartReport report = mock(StartReport.class);
        SyncLifecycle lifecycle = new SyncLifecycle(handOver, dispatcher, report, DRAIN, Clock.systemUTC());

        lifecycle.destroy();
        lifecycle.start();

        verifyNoInteractions(handOver, dispatcher, report);
        assertThat(lifecycle.isRunning()).isFalse();
    }

    @Test
    void nothingIsScannedAfterTheEnd() {
        Scanner scanner = mock(Scanner.class);
        ScanLifecycle lifecycle = new ScanLifecycle(scanner, Scanner::startRereading, DRAIN);

        lifecycle.destroy();
        lifecycle.start();

        verifyNoInteractions(scanner);
        assertThat(lifecycle.isRunning()).isFalse();
    }

    @Test
    void noErasureIsEndedAfterTheEnd() {
        SyncRuntime runtime = new SyncRuntime(Clock.systemUTC(), SyncThreads.create());
        ErasureLifecycle lifecycle = new ErasureLifecycle(mock(Erasure.class), mock(ScanStates.class), runtime);

        runtime.close();
        lifecycle.start();

        assertThat(lifecycle.isRunning()).isFalse();
    }
}
