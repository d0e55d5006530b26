package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.RateHeaders;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveRateTest {

    private static final long MILLI = 1_000_000L;

    private final AdaptiveRate rate = new AdaptiveRate(5, 0);

    @Test
    void startsAtThePermittedRate() {
        assertThat(rate.current(0)).isEqualTo(5);
        assertThat(rate.nanosUntilNext(0)).isZero();
    }

    @Test
    void spacesRequestsNearlyEvenly() {
        rate.send(0);

        assertThat(rate.nanosUntilNext(0)).isEqualTo(160 * MILLI);
        assertThat(rate.nanosUntilNext(160 * MILLI)).isZero();
    }

    /** They wait for the same moment, each with a timer of its own on one of two threads. */
    @Test
    void ofTwoStoresThatShareAnAccountOneTakesThePlace() throws Exception {
        int rounds = 2_000;
        AdaptiveRate shared = new AdaptiveRate(5, 0);
        CyclicBarrier start = new CyclicBarrier(2);
        AtomicInteger taken = new AtomicInteger();
        Callable<Void> store = () -> {
            for (int round = 0; round < rounds; round++) {
                start.await();
                AdaptiveRate.Sent sent = shared.take(round * 1_000L * MILLI);
                if (sent != null) {
                    taken.incrementAndGet();
                    shared.answered(sent, RateHeaders.NONE, round * 1_000L * MILLI);
                }
            }
            return null;
        };
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> done : two.invokeAll(List.of(store, store))) {
                done.get();
            }
        } finally {
            two.shutdownNow();
        }

        assertThat(taken).hasValue(rounds);
    }

    @Test
    void neverHasMoreThanPermittedInASecond() {
        long now = 0;
        for (int i = 0; i < 5; i++) {
            now += rate.nanosUntilNext(now);
            rate.answered(rate.send(now), RateHeaders.NONE, now);
        }

        assertThat(now + rate.nanosUntilNext(now)).isGreaterThan(1000 * MILLI).isLessThan(1020 * MILLI);
    }

    @Test
    void aRequestThatMayHaveArrivedLateKeepsItsPlaceLonger() {
        AdaptiveRate one = new AdaptiveRate(1, 0);
        long now = 0;
        for (int i = 0; i < 20; i++) {
            now += one.nanosUntilNext(now);
            AdaptiveRate.Sent sent = one.send(now);
            now += 2 * MILLI;
            one.answered(sent, RateHeaders.NONE, now);
        }
        now += one.nanosUntilNext(now);
        AdaptiveRate.Sent late = one.send(now);
        one.answered(late, RateHeaders.NONE, now + 300 * MILLI);

        assertThat(one.nanosUntilNext(now)).isGreaterThan(1280 * MILLI);
    }

    @Test
    void aRefusalPausesAndSlowsAndIsForgottenInTime() {
        AdaptiveRate.Sent sent = rate.send(0);
        rate.refused(sent, RateHeaders.NONE, Duration.ofSeconds(7), 10 * MILLI);

        assertThat(rate.nanosUntilNext(10 * MILLI)).isEqualTo(7000 * MILLI);
        assertThat(rate.current(10 * MILLI)).isBetween(3.99, 4.01);
        assertThat(rate.current(120_000 * MILLI)).isEqualTo(5);
    }

    @Test
    void whatWasUnderWayTogetherIsOneMistake() {
        AdaptiveRate.Sent one = rate.send(0);
        AdaptiveRate.Sent other = rate.send(MILLI);
        rate.refused(one, RateHeaders.NONE, Duration.ofSeconds(1), 10 * MILLI);
        rate.refused(other, RateHeaders.NONE, Duration.ofSeconds(1), 11 * MILLI);

        assertThat(rate.current(11 * MILLI)).isGreaterThan(3.99);
    }

    @Test
    void neverStopsForGoodHoweverOftenItIsRefused() {
        long now = 0;
        for (int i = 0; i < 50; i++) {
            now += rate.nanosUntilNext(now);
            rate.refused(rate.send(now), RateHeaders.NONE, Duration.ofMillis(1), now);
        }

        assertThat(rate.current(now)).isGreaterThanOrEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 60})
    void nothingLeftUntilALateResetIsWaitedFor(long seconds) {
        rate.answered(rate.send(0), new RateHeaders(0, Duration.ofSeconds(seconds)), MILLI);

        assertThat(rate.nanosUntilNext(MILLI)).isEqualTo(seconds * 1000 * MILLI);
    }

    @Test
    void aResetThatIsNoWaitButADateIsNotWaitedFor() {
        HttpHeaders said = HttpHeaders.of(
                Map.of("RateLimit-Remaining", List.of("0"), "RateLimit-Reset", List.of("1772359200")),
                (name, value) -> true);
        rate.answered(rate.send(0), RateHeaders.of(said), MILLI);

        assertThat(rate.nanosUntilNext(MILLI)).isLessThan(1000 * MILLI);
    }

    @Test
    void startsSlowlyAfterAnOutageAndIsBackSoon() {
        rate.startSlowly(0);
        assertThat(rate.current(0)).isEqualTo(1);
        assertThat(rate.current(4000 * MILLI)).isBetween(2.9, 3.1);
        assertThat(rate.current(9000 * MILLI)).isEqualTo(5);
    }

    @Test
    void zeroMeansNoLimit() {
        AdaptiveRate none = new AdaptiveRate(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(none.nanosUntilNext(0)).isZero();
            none.answered(none.send(0), new RateHeaders(0, Duration.ZERO), 0);
        }
        assertThat(none.current(0)).isZero();
        none.refused(none.send(0), RateHeaders.NONE, Duration.ofSeconds(1), 0);
        assertThat(none.nanosUntilNext(0)).isEqualTo(1000 * MILLI);
    }
}
