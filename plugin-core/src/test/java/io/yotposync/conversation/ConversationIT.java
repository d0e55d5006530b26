package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.MovedClock;
import io.yotposync.client.Outcome;
import io.yotposync.conversation.StrictYotpo.Answer;
import io.yotposync.dispatch.LaneStatus;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens, salvage and convergence over HTTP. */
@Tag("long")
class ConversationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void allInSync(Node node, int count) {
        await().atMost(PATIENCE).until(() -> node.counts().inSync() == count);
    }

    @Test
    void aTokenThatExpiresWithFiftyRequestsUnderWayIsRefreshedOnce() {
        CountDownLatch fifty = new CountDownLatch(50);
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Node node = new Node(yotpo.url(), 0, 50, Duration.ofSeconds(10)).start()) {
            node.save("first", "");
            allInSync(node, 1);
            assertThat(yotpo.issued()).isEqualTo(1);
            yotpo.ill(request -> {
                if (request.token().equals("token-1")) {
                    fifty.countDown();
                    waitFor(fifty);
                    yotpo.expireTokens("token-1");
                }
                return null;
            });
            for (int i = 0; i < 50; i++) {
                node.save("c" + i, "");
            }
            allInSync(node, 51);

            System.out.printf(
                    "HTTP, token expired under 50 requests: %d token calls in all, %d x 401, %d requests%n",
                    yotpo.issued(), yotpo.unauthorized(), yotpo.log().size());
            assertThat(yotpo.issued()).isEqualTo(2);
            assertThat(yotpo.unauthorized()).isEqualTo(50);
            assertThat(yotpo.log()).hasSize(2 + 50 + 1 + 50);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWrongSecretIsAskedForOnceAndANewOneDeliversAllAtOnce() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.secret("rotated");
            try (Node node = new Node(yotpo.url(), 0, 20).start()) {
                for (int i = 0; i < 100; i++) {
                    node.save("c" + i, "");
                }
                await().until(() -> node.states.get(Node.STORE).held() != null);
                await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                assertThat(yotpo.log()).hasSize(1);
                assertThat(node.counts().pending()).isEqualTo(100);
                assertThat(node.row("c1").attempts()).isZero();

                node.credentials.replace(Node.STORE, new Credentials("app", "rotated"));
                allInSync(node, 100);
                assertThat(node.states.get(Node.STORE).held()).isNull();
                assertThat(yotpo.issued()).isEqualTo(1);
                assertThat(yotpo.log()).hasSize(1 + 1 + 100);
            }
        }
    }

    @Test
    void aTokenStormHoldsTheStoreInsteadOfHammering() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> request.method().equals("PATCH") ? Answer.of(401, "") : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                for (int i = 0; i < 100; i++) {
                    node.save("c" + i, "");
                }
                await().until(() -> node.states.get(Node.STORE).held() != null);
                await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

                assertThat(yotpo.patches()).hasSizeLessThanOrEqualTo(10);
                assertThat(yotpo.issued()).isLessThanOrEqualTo(2);
                assertThat(node.counts().pending()).isEqualTo(100);
            }
        }
    }

    @Test
    void tokensThatExpireAgainAndAgainCostNothingButTheRefresh() {
        AtomicInteger count = new AtomicInteger();
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> {
                if (request.method().equals("PATCH") && count.incrementAndGet() % 40 == 0) {
                    yotpo.expireTokens();
                }
                return null;
            });
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                for (int i = 0; i < 200; i++) {
                    node.save("c" + i, "");
                }
                allInSync(node, 200);
                assertThat(yotpo.unauthorized()).isBetween(5, 40);
                assertThat(node.states.get(Node.STORE).held()).isNull();
            }
        }
    }

    @Test
    void aTokenOfLongAgoIsAsGoodAsANewOne() throws Exception {
        MovedClock clock = new MovedClock();
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Talk talk = new Talk(yotpo.url(), clock)) {
            talk.send();
            clock.forward(Duration.ofMinutes(10));

            assertThat(talk.send()).isEqualTo(new Outcome.Accepted(200));
            assertThat(yotpo.issued()).isEqualTo(1);
        }
    }

    @Test
    void twoTokensThatExpireDuringOneSlowSendSayNothingOfTheSecret() throws Exception {
        MovedClock clock = new MovedClock();
        AtomicInteger patches = new AtomicInteger();
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Talk talk = new Talk(yotpo.url(), clock)) {
            yotpo.ill(request -> {
                if (!request.method().equals("PATCH")) {
                    return null;
                }
                if (patches.incrementAndGet() == 2) {
                    clock.forward(Duration.ofSeconds(90));
                }
                return Answer.of(401, "");
            });

            assertThat(talk.send()).isInstanceOf(Outcome.NotSent.class);
            assertThat(patches).hasValue(2);
        }
    }

    @Test
    void aRefusedOptionalFieldIsLeftOutAndNoted() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> request.body().contains("first_name")
                    ? Answer.of(422, "{\"errors\":[{\"message\":\"first_name Canaria is not allowed\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"first_name\":\"Canaria\",\"last_name\":\"Vogel\"");
                allInSync(node, 1);

                assertThat(node.row("c1").note()).isEqualTo("without first_name: first_name *** is not allowed");
                assertThat(node.row("c1").failure()).isNull();
                assertThat(node.acknowledged("c1")).contains("last_name").doesNotContain("first_name");
                assertThat(Objects.requireNonNull(yotpo.customers().get("c1")).has("first_name"))
                        .isFalse();
                assertThat(Objects.requireNonNull(yotpo.customers().get("c1")).has("last_name"))
                        .isTrue();
                assertThat(yotpo.patches()).hasSize(2);
            }
        }
    }

    @Test
    void refusedAgainItIsParkedWithTheFirstReasonAndCanBeReplayedByClass() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            AtomicInteger number = new AtomicInteger();
            yotpo.ill(request -> request.method().equals("PATCH")
                    ? Answer.of(400, "{\"errors\":[{\"message\":\"tags no. " + number.incrementAndGet() + "\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"tags\":\"vip\"");
                await().atMost(PATIENCE).until(() -> node.counts().parked() == 1);
                LedgerRow row = node.row("c1");
                assertThat(Objects.requireNonNull(row.failure()).reason()).isEqualTo("tags no. 1");
                assertThat(row.failure().status()).isEqualTo(400);
                assertThat(row.failure().kind().fix(row.key().store())).isNotEmpty();
                assertThat(yotpo.patches()).hasSize(2);

                yotpo.ill(request -> null);
                assertThat(node.outbox.requeue(LedgerQuery.parked().withFailure(FailureClass.CONFLICT), Instant.now()))
                        .isZero();
                assertThat(node.outbox.requeue(
                                LedgerQuery.parked().withStore(Node.STORE).withFailure(FailureClass.VALIDATION),
                                Instant.now()))
                        .isEqualTo(1);
                node.dispatcher.wake(Node.STORE, Instant.now());
                allInSync(node, 1);
            }
        }
    }

    @Test
    void anIdentifierIsNeverLeftOut() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> request.method().equals("PATCH")
                    ? Answer.of(400, "{\"errors\":[{\"message\":\"email is malformed\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"email\":\"x@y.example\"");
                await().atMost(PATIENCE).until(() -> node.counts().parked() == 1);
                assertThat(yotpo.patches()).hasSize(1);
            }
        }
    }

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
                allInSync(node, 500);
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

            allInSync(node, 20);
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
            await().atMost(PATIENCE).until(() -> node.counts().inSync() == 270);
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
