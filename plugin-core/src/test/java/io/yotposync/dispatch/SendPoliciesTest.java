package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreakerOpenException;
import io.yotposync.client.HttpReply;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.store.SendingSettings;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The order of the policies, by counting what gets through. */
@SuppressWarnings("FutureReturnValueIgnored")
class SendPoliciesTest {

    private static final Outcome OUTAGE = new Outcome.Outage(FakeYotpo.DOWN);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final SendingSettings SETTINGS = SendingSettings.DEFAULTS; // lease 60 s, request time-out 10 s

    private final ManualThreads threads = new ManualThreads();
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger sends = new AtomicInteger();

    private SendPolicies policies(double rate, Duration firstOpen) {
        StoreBreaker breaker = new StoreBreaker(firstOpen, () -> told.add("opened"), () -> told.add("closed"));
        RequestGate gate = new RequestGate(new AdaptiveRate(rate, 0), threads, threads.clock, threads::nanos);
        return new SendPolicies(SETTINGS, breaker, gate, threads);
    }

    private CompletableFuture<Outcome> send(SendPolicies policies, Outcome with) {
        CompletableFuture<Outcome> result = policies.send(LEASE, () -> {
            sends.incrementAndGet();
            return CompletableFuture.completedFuture(with);
        });
        threads.advance(Duration.ofSeconds(2));
        return result;
    }

    @Test
    void aRepetitionGoesThroughTheBreakerAndCountsThere() {
        SendPolicies policies = policies(0, Duration.ofHours(1));

        assertThat(send(policies, OUTAGE)).isCompletedWithValue(OUTAGE);
        assertThat(sends).hasValue(2);
        send(policies, OUTAGE);
        assertThat(sends).hasValue(4);
        CompletableFuture<Outcome> third = send(policies, OUTAGE);

        // The fifth request opens it; the third send's repetition is not made.
        assertThat(sends).hasValue(5);
        assertThat(third)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(CircuitBreakerOpenException.class);
        assertThat(told).containsExactly("opened");
    }

    @Test
    void anOutageThatSaysHowLongItLastsOpensTheBreakerWithoutARepetition() {
        SendPolicies policies = policies(0, Duration.ofHours(1));
        for (int i = 0; i < StoreBreaker.FAILURES_TO_OPEN; i++) {
            send(policies, FakeYotpo.downFor(Duration.ofSeconds(30)));
        }

        assertThat(sends).hasValue(StoreBreaker.FAILURES_TO_OPEN);
        assertThat(told).containsExactly("opened");
    }

    @Test
    void anOpenBreakerLetsNothingThroughAndDoesNotCountIt() {
        SendPolicies policies = policies(0, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            send(policies, OUTAGE);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(send(policies, new Accepted(200))).isCompletedExceptionally();
        }

        assertThat(sends).hasValue(5);
        assertThat(policies.breaker().openFor()).isPositive();
        assertThat(policies.breaker().state()).isEqualTo(LaneStatus.Breaker.OPEN);
    }

    @Test
    void refusalsAndSlowDownsNeitherOpenTheBreakerNorAreRepeated() {
        SendPolicies policies = policies(0, Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            send(policies, new Outcome.Refused(FakeYotpo.WRONG, null));
            send(policies, FakeYotpo.slowDown(null));
            send(policies, new Outcome.Unauthorized(FakeYotpo.REJECTED));
        }

        assertThat(sends).hasValue(30);
        assertThat(policies.breaker().state()).isEqualTo(LaneStatus.Breaker.CLOSED);
    }

    @Test
    void aSingleProbeClosesTheBreakerAndAFailedOneKeepsItOpenLonger() {
        SendPolicies policies = policies(0, Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            send(policies, OUTAGE);
        }
        await(policies);
        assertThat(policies.breaker().isProbing()).isTrue();
        send(policies, OUTAGE);
        assertThat(sends).hasValue(6);
        assertThat(policies.breaker().state()).isEqualTo(LaneStatus.Breaker.OPEN);
        assertThat(policies.breaker().openFor()).isLessThanOrEqualTo(Duration.ofMillis(40));

        await(policies);
        assertThat(send(policies, new Accepted(200))).isCompletedWithValue(new Accepted(200));
        assertThat(policies.breaker().isProbing()).isFalse();
        assertThat(told).containsExactly("opened", "closed");
    }

    private static void await(SendPolicies policies) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> policies.breaker().openFor().isZero());
    }

    @Test
    void theBreakerStaysOpenLongerEachTimeUpToHalfAMinute() {
        Duration first = Duration.ofSeconds(5);
        assertThat(List.of(0, 1, 2, 3, 4, 40))
                .extracting(before -> StoreBreaker.openTime(first, before).toSeconds())
                .containsExactly(5L, 10L, 20L, 30L, 30L, 30L);
    }

    @Test
    void waitingForAPlaceIsNotTakenForASlowAnswer() {
        SendPolicies policies = policies(1, Duration.ofHours(1));
        List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CompletableFuture<HttpReply> slow = new CompletableFuture<>();
            replies.add(policies.request(() -> {
                threads.schedule(
                        () -> slow.complete(new HttpReply(200, HttpHeaders.of(Map.of(), (n, v) -> true), "")),
                        9,
                        java.util.concurrent.TimeUnit.SECONDS);
                return slow;
            }));
        }
        threads.advance(Duration.ofSeconds(60));

        assertThat(replies).allMatch(reply -> reply.isDone() && !reply.isCompletedExceptionally());
    }

    @Test
    void aSlowAnswerIsGivenUpAfterTheRequestTimeOut() {
        SendPolicies policies = policies(0, Duration.ofHours(1));
        CompletableFuture<HttpReply> never = new CompletableFuture<>();
        CompletableFuture<HttpReply> reply = policies.request(() -> never);
        threads.advance(Duration.ofMillis(9_999));
        assertThat(reply).isNotDone();
        threads.advance(Duration.ofMillis(1));

        assertThat(reply).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(never).isCancelled();
    }

    @Test
    void theDeadlineIsOutermostAndEndsRepetitionsToo() {
        SendPolicies policies = policies(0, Duration.ofHours(1));
        CompletableFuture<Outcome> never = new CompletableFuture<>();
        CompletableFuture<Outcome> send = policies.send(
                LEASE, () -> sends.incrementAndGet() == 1 ? CompletableFuture.completedFuture(OUTAGE) : never);
        threads.advance(Duration.ofMillis(39_999));
        assertThat(send).isNotDone();
        threads.advance(Duration.ofSeconds(30));

        assertThat(send).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(sends).hasValue(2);
    }

    @Test
    void aSendEndsWithWhatIsLeftOfTheLease() {
        CompletableFuture<Outcome> send =
                policies(0, Duration.ofHours(1)).send(Duration.ofSeconds(25), CompletableFuture::new);
        threads.advance(Duration.ofMillis(24_999));
        assertThat(send).isNotDone();
        threads.advance(Duration.ofMillis(1));

        assertThat(send).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void aProbeThatNeverReachedYotpoProvesNothing() {
        SendPolicies policies = policies(0, Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            send(policies, OUTAGE);
        }
        await(policies);

        send(policies, new Outcome.NotSent(FakeYotpo.TOO_FAST));

        assertThat(policies.breaker().isProbing()).isTrue();
        assertThat(told).containsExactly("opened");
    }

    /** As when both threads wait for a database all that time. */
    @Test
    void aProbeThatCouldNotBeBegunInItsTimeIsNotTheLast() {
        SendPolicies policies = policies(0, Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            send(policies, OUTAGE);
        }
        await(policies);

        CompletableFuture<Outcome> late = policies.send(Duration.ZERO, () -> {
            sends.incrementAndGet();
            return new CompletableFuture<>();
        });
        threads.settle();
        assertThat(late).isCompletedExceptionally();
        assertThat(sends).hasValue(5);

        await(policies);
        assertThat(send(policies, new Accepted(200))).isCompletedWithValue(new Accepted(200));
        assertThat(told).containsExactly("opened", "closed");
    }

    @Test
    void afterTheEndNothingIsBegun() {
        threads.shutdown();
        assertThat(policies(0, Duration.ofHours(1)).send(LEASE, () -> {
                    sends.incrementAndGet();
                    return new CompletableFuture<>();
                }))
                .isCompletedExceptionally();
        assertThat(sends).hasValue(0);
    }

    @Test
    void theRampGrowsWithSuccessUpToItsMost() {
        Ramp ramp = new Ramp(3);
        assertThat(ramp.allowed()).isEqualTo(3);
        ramp.startOver();
        assertThat(ramp.allowed()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            ramp.succeeded();
        }
        assertThat(ramp.allowed()).isEqualTo(3);
    }
}
