package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.HttpReply;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate and its gate against a strict Yotpo, in simulated time. */
@SuppressWarnings("FutureReturnValueIgnored")
@Tag("long")
class SimulatedYotpoTest {

    private static final long MILLI = 1_000_000L;

    private final ManualThreads threads = new ManualThreads();

    private final Random random = new Random(42);

    /** A store with a way to it that takes its time. */
    private final class Store {

        private final Counting counting;
        private final Counting.Limiter limiter;
        private final long wayMillis;
        private final double jitter;
        private boolean headers = true;
        private int accepted;
        private int refused;
        private int othersAccepted;
        private int othersRefused;

        Store(int limit, long wayMillis, double jitter) {
            this(Counting.SLIDING_WINDOW, limit, wayMillis, jitter);
        }

        Store(Counting counting, int limit, long wayMillis, double jitter) {
            this.counting = counting;
            this.limiter = counting.limiter(limit);
            this.wayMillis = wayMillis;
            this.jitter = jitter;
        }

        private long way() {
            return Math.round(wayMillis * MILLI * (1 + jitter * random.nextDouble()));
        }

        CompletableFuture<HttpReply> request() {
            CompletableFuture<HttpReply> reply = new CompletableFuture<>();
            later(way(), () -> {
                int left = limiter.take(threads.nanos());
                if (left < 0) {
                    refused++;
                } else {
                    accepted++;
                }
                HttpReply answer =
                        new HttpReply(left < 0 ? 429 : 200, headers ? headers(Math.max(0, left)) : NO_HEADERS, "{}");
                later(way(), () -> reply.complete(answer));
            });
            return reply;
        }

        double refusedShare() {
            return (double) refused / (accepted + refused);
        }

        /** Another integration that sends evenly. */
        void others(double perSecond, Duration during) {
            for (double at = 0; at < during.toMillis(); at += 1000 / perSecond) {
                later(Math.round(at * MILLI), () -> {
                    if (limiter.take(threads.nanos()) < 0) {
                        othersRefused++;
                    } else {
                        othersAccepted++;
                    }
                });
            }
        }
    }

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private static HttpHeaders headers(int remaining) {
        return headers("" + remaining, "1");
    }

    private static HttpHeaders headers(String remaining, String reset) {
        return HttpHeaders.of(
                Map.of("RateLimit-Remaining", List.of(remaining), "RateLimit-Reset", List.of(reset)),
                (name, value) -> true);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void later(long nanos, Runnable what) {
        threads.schedule(what, nanos, TimeUnit.NANOSECONDS);
    }

    /** A backlog with so many requests under way at once. */
    private final class Backlog {

        private final RequestGate gate;
        private final Store store;
        private int left;
        private long doneAt;

        Backlog(int size, int inFlight, RequestGate gate, Store store) {
            this.left = size;
            this.gate = gate;
            this.store = store;
            for (int i = 0; i < inFlight; i++) {
                next();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored")
        private void next() {
            gate.pass(store::request).whenComplete((reply, fault) -> {
                left -= fault == null && reply.isSuccess() ? 1 : 0;
                if (left > 0) {
                    later(fault == null ? 0 : 500 * MILLI, this::next);
                } else {
                    doneAt = doneAt == 0 ? threads.nanos() : doneAt;
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 0.2", "5, 60, 0.2", "5, 120, 0.05", "5, 80, 0.15", "10, 40, 0.3", "100, 2, 0.5", "200, 1, 0.3"})
    void aBacklogOfTwoThousandDrainsAtThePermittedRateWithoutARefusal(int rate, long wayMillis, double jitter) {
        Store store = new Store(rate, wayMillis, jitter);
        Backlog backlog = new Backlog(2000, Math.max(5, rate / 4), threads.gate(rate), store);
        threads.advance(Duration.ofSeconds(2 * 2000 / rate));

        double seconds = backlog.doneAt / 1e9;
        double share = 2000 / seconds / rate;
        System.out.printf(
                "alone, %d/s, %d ms way: 2000 in %.1f s = %.2f %% of the permitted rate, %d x 429%n",
                rate, wayMillis, seconds, 100 * share, store.refused);
        assertThat(store.refused).isZero();
        assertThat(share).isGreaterThanOrEqualTo(0.98);
    }

    @ParameterizedTest
    @CsvSource({
        "SLIDING_WINDOW, 5, 2, 0.3",
        "SLIDING_WINDOW, 5, 60, 0.1",
        "SLIDING_WINDOW, 20, 10, 0.2",
        "SLIDING_WINDOW, 100, 2, 0.5",
        "SLIDING_WINDOW, 200, 1, 0.3",
        "FIXED_SECOND, 5, 2, 0.3",
        "FIXED_SECOND, 5, 60, 0.1",
        "FIXED_SECOND, 20, 10, 0.2"
    })
    void leavesAnotherIntegrationItsHalfWithHardlyARefusal(Counting counting, int rate, long wayMillis, double jitter) {
        Store store = new Store(counting, rate, wayMillis, jitter);
        share(store, rate);

        assertThat(store.refusedShare()).isLessThanOrEqualTo(0.01);
        assertThat(store.accepted / 400.0 / (rate / 2.0)).isGreaterThanOrEqualTo(0.75);
    }

    /** What a bucket has left does not tell who took the rest. */
    @ParameterizedTest
    @CsvSource({"5, 2, 0.3", "5, 60, 0.1", "20, 10, 0.2"})
    void isHardlyRefusedByABucketThoughItTakesMoreThanItsHalfThere(int rate, long wayMillis, double jitter) {
        Store store = new Store(Counting.BUCKET, rate, wayMillis, jitter);
        share(store, rate);

        assertThat(store.refusedShare()).isLessThanOrEqualTo(0.02);
        assertThat(store.accepted / 400.0 / (rate / 2.0)).isBetween(1.0, 1.5);
    }

    private void share(Store store, int rate) {
        store.others(rate / 2.0, Duration.ofSeconds(400));
        new Backlog(1_000_000, Math.max(5, rate / 4), threads.gate(rate), store);
        threads.advance(Duration.ofSeconds(400));

        System.out.printf(
                "shared, %s, %d/s, %d ms way: %.2f %% x 429, %.0f %% of our half; the other: %d of %d refused%n",
                store.counting,
                rate,
                store.wayMillis,
                100 * store.refusedShare(),
                100 * store.accepted / 400.0 / (rate / 2.0),
                store.othersRefused,
                store.othersAccepted + store.othersRefused);
    }

    @Test
    void twoOfUsShareFairly() {
        Store store = new Store(20, 5, 0.3);
        int[] got = new int[2];
        for (int i = 0; i < 2; i++) {
            int me = i;
            RequestGate gate = threads.gate(20);
            later(me * 30_000L * MILLI, () -> {
                for (int k = 0; k < 5; k++) {
                    endless(gate, store, got, me);
                }
            });
        }
        threads.advance(Duration.ofSeconds(60));
        int atFirst = got[0];
        int lastAtFirst = got[1];
        threads.advance(Duration.ofSeconds(340));
        double one = (got[0] - atFirst) / 340.0;
        double other = (got[1] - lastAtFirst) / 340.0;

        System.out.printf(
                "two of us, 20/s: %.1f and %.1f a second, %d of %d refused%n",
                one, other, store.refused, store.accepted + store.refused);
        assertThat(Math.min(one, other) / Math.max(one, other)).isGreaterThan(0.45);
        assertThat(one + other).isGreaterThan(15);
        assertThat(store.refused).isLessThan((store.accepted + store.refused) / 50);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void endless(RequestGate gate, Store store, int[] got, int me) {
        gate.pass(store::request).whenComplete((reply, fault) -> {
            got[me] += fault == null && reply.isSuccess() ? 1 : 0;
            later(fault == null ? 0 : 500 * MILLI, () -> endless(gate, store, got, me));
        });
    }

    @Test
    void withoutHeadersItStillFindsARateThatIsTaken() {
        Store store = new Store(20, 5, 0.2);
        store.headers = false;
        store.others(10, Duration.ofSeconds(400));
        new Backlog(1_000_000, 5, threads.gate(20), store);
        threads.advance(Duration.ofSeconds(400));

        double refused = (double) store.refused / (store.accepted + store.refused);
        System.out.printf("shared, no headers: %.2f %% x 429, %.1f a second%n", 100 * refused, store.accepted / 400.0);
        assertThat(refused).isLessThan(0.05);
        assertThat(store.accepted / 400.0).isGreaterThan(6);
    }

    @Test
    void takesTheWholeRateAgainWhenTheOtherHasGone() {
        Store store = new Store(20, 5, 0.2);
        store.others(10, Duration.ofSeconds(60));
        RequestGate gate = threads.gate(20);
        new Backlog(1_000_000, 5, gate, store);
        threads.advance(Duration.ofSeconds(50));
        assertThat(gate.rate()).isLessThan(12);
        threads.advance(Duration.ofSeconds(30));

        assertThat(gate.rate()).isGreaterThan(19.5);
    }
}
