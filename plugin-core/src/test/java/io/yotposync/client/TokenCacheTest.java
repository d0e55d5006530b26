package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.MovedClock;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.TokenReply.Failed;
import io.yotposync.client.TokenReply.Issued;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what is asked for is looked at through the calls
class TokenCacheTest {

    private final List<CompletableFuture<TokenReply>> calls = new ArrayList<>();
    private final MovedClock clock = new MovedClock();
    private final TokenCache cache = new TokenCache(this::call, clock);

    private synchronized CompletableFuture<TokenReply> call() {
        CompletableFuture<TokenReply> call = new CompletableFuture<>();
        calls.add(call);
        return call;
    }

    private static @Nullable String tokenIn(CompletableFuture<TokenReply> reply) {
        return reply.join() instanceof Issued issued ? issued.token() : null;
    }

    private TokenReply failure() {
        return new Failed(new Outage(new Failure(FailureClass.OUTAGE, 503, "down")), clock.instant());
    }

    @Test
    void allWhoAskMeanwhileWaitForOneCall() {
        List<CompletableFuture<TokenReply>> waiting =
                IntStream.range(0, 50).mapToObj(i -> cache.token(null)).toList();
        assertThat(calls).hasSize(1);

        calls.get(0).complete(new Issued("one", clock.instant()));
        assertThat(waiting).allSatisfy(each -> assertThat(tokenIn(each)).isEqualTo("one"));
    }

    @Test
    void threadsThatAskAtOnceShareACall() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            var asked = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return cache.token(null);
                    }))
                    .toList();
            start.countDown();
            for (var each : asked) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls).hasSize(1);
    }

    @Test
    void aTokenIsKeptUntilItIsRejected() {
        cache.token(null);
        calls.get(0).complete(new Issued("one", clock.instant()));
        clock.forward(Duration.ofDays(13));

        assertThat(tokenIn(cache.token(null))).isEqualTo("one");
        assertThat(calls).hasSize(1);
    }

    @Test
    void fiftyRejectionsOfOneTokenLeadToOneCall() {
        cache.token(null);
        calls.get(0).complete(new Issued("one", clock.instant()));
        for (int i = 0; i < 25; i++) {
            cache.token("one");
        }
        calls.get(1).complete(new Issued("two", clock.instant()));
        for (int i = 0; i < 25; i++) {
            assertThat(tokenIn(cache.token("one"))).isEqualTo("two");
        }

        assertThat(calls).hasSize(2);
    }

    @Test
    void aFailureStandsForThoseWhoAskAtTheSameMoment() {
        cache.token(null);
        calls.get(0).complete(failure());
        clock.forward(Duration.ofMillis(79));
        assertThat(tokenIn(cache.token(null))).isNull();
        assertThat(calls).hasSize(1);

        clock.forward(Duration.ofMillis(1));
        cache.token(null);
        assertThat(calls).hasSize(2);
    }

    @Test
    void aFailureDoesNotStandWhenTheClockWasPutBack() {
        cache.token(null);
        calls.get(0).complete(failure());
        clock.forward(Duration.ofHours(-1));
        cache.token(null);

        assertThat(calls).hasSize(2);
    }

    @Test
    void aBrokenCallIsRepeated() {
        cache.token(null);
        calls.get(0).completeExceptionally(new IllegalStateException("no"));
        cache.token(null);

        assertThat(calls).hasSize(2);
    }

    @Test
    void whoGivesUpWaitingDoesNotEndItForTheOthers() {
        CompletableFuture<TokenReply> one = cache.token(null);
        CompletableFuture<TokenReply> other = cache.token(null);
        one.cancel(true);
        calls.get(0).complete(new Issued("one", clock.instant()));

        assertThat(tokenIn(other)).isEqualTo("one");
    }

    @Test
    void tellsTheTokensAge() {
        assertThat(cache.age()).isEmpty();
        cache.token(null);
        assertThat(cache.age()).isEmpty();
        calls.get(0).complete(new Issued("one", clock.instant()));
        clock.forward(Duration.ofSeconds(90));
        assertThat(cache.age()).contains(Duration.ofSeconds(90));

        cache.token("one");
        calls.get(1).complete(failure());
        assertThat(cache.age()).isEmpty();
    }

    @Test
    void noTextTellsTheToken() {
        assertThat(new Issued("canary", clock.instant())).hasToString("Issued[PRESENT]");
        assertThat(failure().toString()).contains("503");
    }
}
