package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.conversation.StrictYotpo.Answer;
import io.yotposync.dispatch.LaneStatus;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That all customers arrive through faults, with few requests and threads, over HTTP. */
@Tag("long")
class ConvergenceIT {

    @Test
    void aThousandCustomersConvergeThroughThirtyPercentFaults() {
        Random random = new Random(7);
        AtomicInteger faults = new AtomicInteger();
        Map<String, AtomicInteger> stored = new ConcurrentHashMap<>();
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> {
                if (!request.method().equals("PATCH")) {
                    return null;
                }
                double dice = nextDouble(random);
                if (dice >= 0.30) {
                    stored.computeIfAbsent(request.customer(), any -> new AtomicInteger())
                            .incrementAndGet();
                    return null;
                }
                faults.incrementAndGet();
                return ill(dice, yotpo);
            });
            try (Node node = new Node(yotpo.url(), 0, 20).start()) {
                for (int version = 1; version <= 2; version++) {
                    for (int i = 0; i < 1000; i++) {
                        node.save("c" + i, ",\"tags\":\"v" + version + "\"");
                    }
                }
                long begin = System.nanoTime();
                await().atMost(Duration.ofSeconds(60)).until(() -> node.counts().inSync() == 1000);
                double seconds = (System.nanoTime() - begin) / 1e9;

                int patches = yotpo.patches().size();
                System.out.printf(
                        "HTTP, 1000 customers with 30 %% faults: converged in %.1f s, %d upserts of which %d failed,"
                                + " %d tokens, %d overlaps%n",
                        seconds, patches, faults.get(), yotpo.issued(), yotpo.overlaps());
                assertThat(yotpo.customers()).hasSize(1000);
                assertThat(yotpo.customers().values())
                        .allMatch(customer -> customer.path("tags").asText().equals("v2"));
                assertThat(yotpo.overlaps()).isZero();
                assertThat(node.outbox.list(LedgerQuery.all())).allMatch(row -> row.status() == LedgerStatus.IN_SYNC);
                // Each success, each fault once, the first versions that were on their way, and refreshes: no more.
                int successes =
                        stored.values().stream().mapToInt(AtomicInteger::get).sum();
                assertThat(patches).isEqualTo(successes + faults.get());
                assertThat(successes).isBetween(1000, 1000 + 250);
            }
        }
    }

    private static synchronized double nextDouble(Random random) {
        return random.nextDouble();
    }

    private static Answer ill(double dice, StrictYotpo yotpo) {
        if (dice < 0.05) {
            return Answer.of(500, "");
        } else if (dice < 0.10) {
            return Answer.of(502, "<html>Bad gateway</html>");
        } else if (dice < 0.15) {
            return Answer.hangUp();
        } else if (dice < 0.20) {
            return Answer.breakOff();
        } else if (dice < 0.25) {
            return Answer.of(200, "<html>log in</html>");
        } else if (dice < 0.298) {
            return Answer.of(503, "");
        }
        return dice < 0.299 ? new Answer(429, Map.of("Retry-After", "0"), "") : expired(yotpo);
    }

    private static Answer expired(StrictYotpo yotpo) {
        yotpo.expireTokens();
        return Answer.of(401, "");
    }

    @Test
    void anOutageOfTheWholeStoreCostsFewRequestsAndIsOverSoonAfterwards() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> Answer.of(503, ""));
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                for (int i = 0; i < 500; i++) {
                    node.save("c" + i, "");
                }
                await().until(() -> state(node) == LaneStatus.Breaker.OPEN);
                await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                assertThat(yotpo.log()).hasSizeLessThan(12);
                assertThat(node.counts().pending()).isEqualTo(500);

                yotpo.ill(request -> null);
                node.awaitInSync(500);
                assertThat(state(node)).isEqualTo(LaneStatus.Breaker.CLOSED);
            }
        }
    }

    @Test
    void customersForWhomAloneYotpoFailsDoNotKeepTheOthersWaiting() {
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Node node = new Node(yotpo.url(), 0, 5).start()) {
            yotpo.ill(request ->
                    request.method().equals("PATCH") && request.customer().startsWith("bad")
                            ? Answer.of(503, "")
                            : null);
            for (int i = 0; i < 5; i++) {
                node.save("bad" + i, "");
            }
            await().until(() -> state(node) == LaneStatus.Breaker.OPEN);
            for (int i = 0; i < 20; i++) {
                node.save("good" + i, "");
            }

            node.awaitInSync(20);
            assertThat(node.counts().pending()).isEqualTo(5);
        }
    }

    private static LaneStatus.@Nullable Breaker state(Node node) {
        LaneStatus lane = node.dispatcher.status(Node.STORE);
        return lane == null ? null : lane.breaker();
    }

    @Test
    void twoThreadsOfOursAndTheClientsOwnAreAllThereIs() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Node node = new Node(yotpo.url(), 0, 20).start()) {
            yotpo.ill(request ->
                    request.method().equals("PATCH") && request.customer().endsWith("7") ? Answer.of(503, "") : null);
            for (int i = 0; i < 300; i++) {
                node.save("c" + i, "");
            }
            node.awaitInSync(270);
            List<String> names = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> !name.startsWith("strict-yotpo") && !name.contains("HTTP-Dispatcher"))
                    .filter(name -> !name.startsWith("awaitility") && !name.startsWith("idle-"))
                    .toList();

            assertThat(names).allMatch(name -> name.startsWith("yotpo-sync-") || name.endsWith("-SelectorManager"));
            assertThat(names).filteredOn(name -> name.startsWith("yotpo-sync-")).hasSizeLessThanOrEqualTo(2);
        }
    }
}
