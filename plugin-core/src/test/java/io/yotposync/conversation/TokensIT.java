package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.MovedClock;
import io.yotposync.client.Outcome;
import io.yotposync.conversation.StrictYotpo.Answer;
import io.yotposync.store.Credentials;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many tokens are asked for, and what a secret that is none does, over HTTP. */
@Tag("long")
class TokensIT {

    @Test
    void aTokenThatExpiresWithFiftyRequestsUnderWayIsRefreshedOnce() {
        CountDownLatch fifty = new CountDownLatch(50);
        try (StrictYotpo yotpo = new StrictYotpo(0);
                Node node = new Node(yotpo.url(), 0, 50, Duration.ofSeconds(10)).start()) {
            node.save("first", "");
            node.awaitInSync(1);
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
            node.awaitInSync(51);

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
                node.awaitInSync(100);
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
                node.awaitInSync(200);
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
}
