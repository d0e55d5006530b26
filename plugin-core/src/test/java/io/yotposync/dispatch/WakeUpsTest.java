package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private final ManualThreads threads = new ManualThreads();
    private final List<Instant> runs = new ArrayList<>();
    private Runnable during = () -> {};
    private final WakeUps wakeUps = new WakeUps(threads, threads.clock, () -> {
        runs.add(threads.clock.instant());
        during.run();
    });

    private static Instant at(long millis) {
        return ManualThreads.START.plusMillis(millis);
    }

    @Test
    void runsAtTheEarliestWish() {
        wakeUps.at(at(500));
        wakeUps.at(at(100));
        wakeUps.at(at(300));
        threads.advance(Duration.ofSeconds(1));

        assertThat(runs).containsExactly(at(100));
    }

    @Test
    void aWishForThePastRunsAtOnce() {
        wakeUps.at(at(-1000));
        threads.settle();

        assertThat(runs).containsExactly(at(0));
    }

    @Test
    void aWishDuringTheRunMakesItRunOnceMore() {
        during = () -> {
            during = () -> {};
            wakeUps.at(at(0));
            wakeUps.at(at(0));
        };
        wakeUps.at(at(0));
        threads.settle();

        assertThat(runs).hasSize(2);
    }

    @Test
    void aFailingActionDoesNotEndIt() {
        during = () -> {
            throw new IllegalStateException("no");
        };
        wakeUps.at(at(0));
        threads.settle();
        wakeUps.at(at(10));
        threads.advance(Duration.ofMillis(10));

        assertThat(runs).hasSize(2);
    }

    @Test
    void whereMemoryIsShortForAMomentTheNextWishIsPlannedAllTheSame() {
        during = () -> {
            during = () -> {};
            threads.outOfMemory = true;
            wakeUps.at(at(10));
        };
        wakeUps.at(at(0));
        threads.settle();
        threads.outOfMemory = false;
        wakeUps.at(at(20));
        threads.advance(Duration.ofMillis(20));

        assertThat(runs).containsExactly(at(0), at(20));
    }

    @Test
    void aClockPutBackDoesNotDelayNewWishes() {
        wakeUps.at(at(1000));
        threads.jump(Duration.ofHours(-1));
        wakeUps.at(at(0).minus(Duration.ofHours(1)));
        threads.settle();

        assertThat(runs).hasSize(1);
    }

    @Test
    void afterTheEndWishesAreVain() {
        threads.shutdown();
        wakeUps.at(at(0));
        threads.settle();

        assertThat(runs).isEmpty();
    }

    @Test
    void waitsDoubleWithJitterUpToTheLongest() {
        Backoff most = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 1);
        Backoff least = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 0);

        assertThat(List.of(-1, 0, 1, 2, 3, 10, 1000))
                .extracting(failures -> most.after(failures).toMillis())
                .containsExactly(2000L, 2000L, 4000L, 8000L, 16000L, 300000L, 300000L);
        assertThat(least.after(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(new Backoff(Duration.ofNanos(1), Duration.ofNanos(1), () -> 0).after(0))
                .isEqualTo(Duration.ofMillis(1));
    }
}
