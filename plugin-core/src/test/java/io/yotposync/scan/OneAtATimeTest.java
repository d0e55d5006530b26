package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OneAtATimeTest {

    private final AtomicBoolean outOfMemory = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(2) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (outOfMemory.getAndSet(false)) {
                throw new OutOfMemoryError("Java heap space");
            }
            return super.schedule(task, delay, unit);
        }
    };
    private final OneAtATime turns = new OneAtATime(threads);
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        threads.setRemoveOnCancelPolicy(true);
        turns.open();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void runsTasksInTheirOrderAndNeverTwoAtOnce() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            int number = i;
            turns.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                done.add(number);
                atOnce.decrementAndGet();
                all.countDown();
            });
        }
        all.await();

        assertThat(most).hasValue(1);
        assertThat(done).hasSize(100).isSorted();
    }

    @Test
    void aTaskThatHangsLeavesTheOthersTheirThread() throws Exception {
        CountDownLatch hanging = hang();
        turns.execute(() -> done.add(2));

        CompletableFuture.runAsync(() -> done.add(1), threads).get();

        assertThat(done).as("the second waits for the first").containsExactly(1);
        hanging.countDown();
    }

    @Test
    void aTaskThatFailsKeepsNoOtherFromItsTurn() throws Exception {
        turns.execute(() -> {
            throw new IllegalStateException();
        });
        CountDownLatch next = new CountDownLatch(1);
        turns.execute(next::countDown);

        next.await();
    }

    @Test
    void ofTwoPlannedTasksTheLatterRuns() throws Exception {
        turns.plan(() -> done.add(1), Duration.ofHours(1));
        CountDownLatch second = new CountDownLatch(1);
        turns.plan(second::countDown, Duration.ZERO);

        second.await();

        assertThat(threads.shutdownNow()).as("still planned").isEmpty();
    }

    @Test
    void closedItBeginsNothingMore() throws Exception {
        CountDownLatch hanging = hang();
        turns.execute(() -> done.add(1));
        turns.plan(() -> done.add(2), Duration.ZERO);
        assertThat(turns.close(Duration.ZERO)).as("ended").isFalse();
        turns.execute(() -> done.add(3));
        turns.plan(() -> done.add(4), Duration.ZERO);
        hanging.countDown();

        assertThat(turns.close(Duration.ofSeconds(20))).as("ended").isTrue();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void openedAgainItWaitsForATaskThatHungAtTheClose() throws Exception {
        CountDownLatch hanging = hang();
        turns.close(Duration.ZERO);
        turns.open();
        CountDownLatch next = new CountDownLatch(1);
        turns.execute(next::countDown);

        CompletableFuture.runAsync(() -> done.add(1), threads).get();
        assertThat(next.getCount()).as("not begun").isOne();
        hanging.countDown();
        next.await();
    }

    @Test
    void whatTheThreadsRefuseAtTheirEndIsForgotten() throws Exception {
        threads.shutdown();

        turns.execute(() -> done.add(1));
        turns.plan(() -> done.add(2), Duration.ZERO);

        assertThat(turns.close(Duration.ofSeconds(20))).as("ended").isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void whatCannotBeBegunForWantOfMemoryIsBegunWithTheNext() throws Exception {
        outOfMemory.set(true);
        turns.execute(() -> done.add(1));
        CountDownLatch next = new CountDownLatch(1);
        turns.execute(next::countDown);

        next.await();

        assertThat(done).containsExactly(1);
    }

    @Test
    void whatCannotBePlannedForWantOfMemoryIsDoneAtOnce() throws Exception {
        CountDownLatch planned = new CountDownLatch(1);
        turns.execute(() -> {
            outOfMemory.set(true);
            turns.plan(planned::countDown, Duration.ofHours(1));
        });

        planned.await();
    }

    /** Begun when this returns. */
    private CountDownLatch hang() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        turns.execute(() -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        return end;
    }
}
