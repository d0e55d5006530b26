package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How well the permitted rate is used, over HTTP and in real time. The goals themselves, 98 % and no 429, are asserted
 * in simulated time, where no other work on the machine disturbs them; here they are measured.
 */
@SuppressWarnings("FutureReturnValueIgnored")
@Tag("long")
class RateIT {

    private static final double BUSY_MACHINE_SHARE = 0.75;
    private static final int BUSY_MACHINE_429 = 10;

    private static double perSecond(List<Long> arrivals) {
        return (arrivals.size() - 1) / ((arrivals.get(arrivals.size() - 1) - arrivals.get(0)) / 1e9);
    }

    @Test
    void aBacklogOfTwoThousandDrainsAtThePermittedRate() {
        try (StrictYotpo yotpo = new StrictYotpo(200);
                Node node = new Node(yotpo.url(), 200, 20)) {
            for (int i = 0; i < 2000; i++) {
                node.save("c" + i, "");
            }
            node.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> node.counts().inSync() == 2000);

            double share = perSecond(yotpo.arrivals()) / 200;
            System.out.printf(
                    "HTTP, alone, 200/s: 2000 customers, %d requests, %.2f %% of the permitted rate, %d x 429%n",
                    yotpo.log().size(), 100 * share, yotpo.throttled());
            assertThat(yotpo.log()).hasSize(2001 + yotpo.throttled());
            assertThat(yotpo.throttled()).isLessThanOrEqualTo(BUSY_MACHINE_429);
            assertThat(share).isGreaterThanOrEqualTo(BUSY_MACHINE_SHARE);
        }
    }

    @Test
    void fiveASecondAreUsedToNinetyEightPercent() {
        try (StrictYotpo yotpo = new StrictYotpo(5);
                Node node = new Node(yotpo.url(), 5, 5)) {
            for (int i = 0; i < 200; i++) {
                node.save("c" + i, "");
            }
            node.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> yotpo.arrivals().size() >= 76);

            double share = perSecond(yotpo.arrivals()) / 5;
            System.out.printf(
                    "HTTP, alone, 5/s over %d requests: %.2f %% of the permitted rate, %d x 429%n",
                    yotpo.arrivals().size(), 100 * share, yotpo.throttled());
            assertThat(yotpo.throttled()).isLessThanOrEqualTo(BUSY_MACHINE_429);
            assertThat(share).isGreaterThanOrEqualTo(BUSY_MACHINE_SHARE);
        }
    }

    @Test
    void aSecondClientGetsItsHalf() {
        int rate = 100;
        ScheduledExecutorService other = Executors.newScheduledThreadPool(2);
        HttpClient http = HttpClient.newHttpClient();
        AtomicInteger othersRefused = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        try (StrictYotpo yotpo = new StrictYotpo(rate);
                Node node = new Node(yotpo.url(), rate, 10)) {
            HttpRequest request = HttpRequest.newBuilder(yotpo.url().resolve("/other"))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            yotpo.ill(asked -> asked.path().equals("/other") ? StrictYotpo.Answer.of(200, "{}") : null);
            var ticking = other.scheduleAtFixedRate(
                    () -> http.sendAsync(request, BodyHandlers.discarding()).thenAccept(reply -> {
                        others.incrementAndGet();
                        othersRefused.addAndGet(reply.statusCode() == 429 ? 1 : 0);
                    }),
                    0,
                    1_000_000 / (rate / 2),
                    TimeUnit.MICROSECONDS);
            await().until(() -> others.get() > rate / 2);
            for (int i = 0; i < 5000; i++) {
                node.save("c" + i, "");
            }
            node.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> node.counts().inSync() >= 400);
            ticking.cancel(false);

            int ours = (int) yotpo.log().stream()
                    .filter(each -> !each.path().equals("/other"))
                    .count();
            int refused = yotpo.throttled() - othersRefused.get();
            System.out.printf(
                    "HTTP, shared, %d/s: ours %d requests, %d x 429 (%.2f %%); the other's %d, %d x 429%n",
                    rate, ours, refused, 100.0 * refused / ours, others.get(), othersRefused.get());
            assertThat(refused).isLessThanOrEqualTo(Math.max(BUSY_MACHINE_429, ours / 100));
        } finally {
            other.shutdownNow();
        }
    }
}
