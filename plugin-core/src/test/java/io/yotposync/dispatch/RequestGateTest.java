package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.HttpReply;
import io.yotposync.client.NotPermittedException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored")
class RequestGateTest {

    private final ManualThreads threads = new ManualThreads();

    @Test
    void whoWouldWaitLongIsTurnedAway() {
        RequestGate gate = threads.gate(5);
        CompletableFuture<HttpReply> refused = gate.pass(() -> CompletableFuture.completedFuture(
                new HttpReply(429, HttpHeaders.of(Map.of("Retry-After", List.of("30")), (name, value) -> true), "")));
        CompletableFuture<HttpReply> next = gate.pass(() -> new CompletableFuture<>());

        assertThat(refused.join().status()).isEqualTo(429);
        assertThat(next)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(NotPermittedException.class);
        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(30));
        threads.advance(Duration.ofSeconds(30));
        assertThat(gate.closedFor()).isZero();
    }

    @Test
    void whatIsCancelledWhileItWaitsIsNeverMade() {
        RequestGate gate = threads.gate(1);
        int[] made = {0};
        gate.pass(() -> new CompletableFuture<>());
        CompletableFuture<HttpReply> waiting = gate.pass(() -> {
            made[0]++;
            return new CompletableFuture<>();
        });
        waiting.cancel(true);
        threads.advance(Duration.ofSeconds(5));

        assertThat(made[0]).isZero();
    }

    @Test
    void aRequestThatCannotBeMadeFails() {
        CompletableFuture<HttpReply> reply = threads.gate(5).pass(() -> {
            throw new IllegalStateException("no");
        });

        assertThat(reply).isCompletedExceptionally();
    }
}
