package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SyncThreadsTest {

    private final ScheduledExecutorService threads = SyncThreads.create();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void whoEndsThemFindsThemGone() throws Exception {
        Thread test = Thread.currentThread();
        CountDownLatch over = new CountDownLatch(1);
        threads.execute(() -> {
            waitUntilInterrupted();
            while (test.getState() != Thread.State.TIMED_WAITING && over.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        SyncThreads.end(threads);

        boolean gone = threads.isTerminated();
        over.countDown();
        assertThat(gone).isTrue();
    }

    @Test
    void oneThatHearsNothingHoldsTheEndUpForAMomentOnly() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        threads.execute(() -> {
            waitUntilInterrupted();
            while (ended.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        SyncThreads.end(threads);

        assertThat(threads.isShutdown()).isTrue();
        assertThat(threads.isTerminated()).isFalse();
        ended.countDown();
    }

    private void waitUntilInterrupted() {
        begun.countDown();
        try {
            never.await();
        } catch (InterruptedException ended) {
            // As asked.
        }
    }
}
