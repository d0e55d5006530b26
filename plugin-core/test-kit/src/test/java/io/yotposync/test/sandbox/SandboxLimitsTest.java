package io.yotposync.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.Faults.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the sandbox refuses for want of room, or because it was told to. */
class SandboxLimitsTest extends SandboxScene {

    @Nested
    class RateLimit {

        private final YotpoSandbox limited = sandbox(5);

        private Reply lookUp(String token) {
            return limited.handle(SandboxRequest.retrieve(STORE, token, Map.of()));
        }

        @Test
        void refusesTheSixthRequestOfAnySecondTheTokenCallIncluded() {
            String token = token(limited);
            for (int i = 0; i < 4; i++) {
                clock.advanceMillis(100);
                assertThat(lookUp(token).status()).isEqualTo(200);
            }

            Reply sixth = lookUp(token);

            assertThat(sixth.status()).isEqualTo(429);
            assertThat(sixth.headers())
                    .containsEntry("RateLimit-Remaining", "0")
                    .containsEntry("RateLimit-Reset", "1");
            assertThat(limited.count(STORE, Counter.THROTTLED)).isOne();
        }

        @Test
        void slidesInsteadOfStartingAnewWithEachSecond() {
            String token = token(limited);
            clock.advanceMillis(900);
            IntStream.range(0, 4).forEach(i -> lookUp(token));

            clock.advanceMillis(100);
            assertThat(lookUp(token).status()).isEqualTo(200);
            assertThat(lookUp(token).status()).isEqualTo(429);
        }

        @Test
        void countsEachStoreByItself() {
            IntStream.range(0, 6).forEach(i -> lookUp("none"));

            assertThat(limited.handle(SandboxRequest.token(OTHER, "secret-2")).status())
                    .isEqualTo(200);
        }

        @Test
        void saysHowManyRequestsRemain() {
            Reply first = limited.handle(SandboxRequest.token(STORE, "secret-1"));

            assertThat(first.headers()).containsEntry("RateLimit-Remaining", "4");
        }

        @Test
        void canBeLifted() {
            limited.requestsPerSecond(STORE, 0);

            IntStream.range(0, 20)
                    .forEach(i -> assertThat(lookUp("none").status()).isEqualTo(401));
        }

        @Test
        void isNoneOfLessThanNothing() {
            assertThatIllegalArgumentException().isThrownBy(() -> limited.requestsPerSecond(STORE, -1));
        }

        @Test
        void isForgottenWithAReset() {
            IntStream.range(0, 5).forEach(i -> lookUp("none"));

            limited.reset();

            assertThat(lookUp("none").status()).isEqualTo(401);
        }
    }

    @Nested
    class OnRequest {

        @Test
        void failsTheNextRequestsAndThenNoMore() {
            String token = token(sandbox);
            sandbox.faults(
                    STORE,
                    Faults.NONE.withNext(new Failing(1, 503, "PATCH", Map.of("Retry-After", "7"), "sorry", 250)));

            SandboxRequest request = SandboxRequest.upsert(STORE, token, customer("'external_id': '1'"));
            assertThat(sandbox.handle(SandboxRequest.retrieve(STORE, token, Map.of()))
                            .status())
                    .isEqualTo(200);
            Reply failed = sandbox.handle(request);

            assertThat(failed.status()).isEqualTo(503);
            assertThat(failed.headers()).containsEntry("Retry-After", "7");
            assertThat(failed.body()).isEqualTo("sorry");
            assertThat(failed.delay()).isEqualTo(Duration.ofMillis(250));
            assertThat(sandbox.handle(request).status()).isEqualTo(200);
            assertThat(sandbox.count(STORE, Counter.FAULTS)).isOne();
        }

        @Test
        void dropsOneInSoManySilently() {
            String token = token(sandbox);
            sandbox.faults(STORE, new Faults(null, 2, 0, Map.of()));

            for (int i = 1; i <= 4; i++) {
                String body = customer("'external_id': '" + i + "'");
                assertThat(sandbox.handle(SandboxRequest.upsert(STORE, token, body))
                                .status())
                        .isEqualTo(200);
            }

            assertThat(sandbox.view(STORE, 10).held()).isEqualTo(2);
            assertThat(sandbox.count(STORE, Counter.DROPPED)).isEqualTo(2);
        }

        @Test
        void refusesASingleCustomer() {
            sandbox.faults(STORE, new Faults(null, 0, 0, Map.of("1", new Refusal(422, "e-mail is blocked"))));

            Reply refused = upsert("'external_id': '1'");

            assertThat(refused.status()).isEqualTo(422);
            assertThat(json(refused).at("/errors/0/message").asText()).isEqualTo("e-mail is blocked");
            assertThat(upsert("'external_id': '2'").status()).isEqualTo(200);
        }

        @Test
        void holdsEveryAnswerBack() {
            sandbox.faults(STORE, new Faults(null, 0, 300, Map.of()));

            assertThat(upsert("'external_id': '1'").delay()).isEqualTo(Duration.ofMillis(300));
        }

        @Test
        void takesTheTokensOfBeforeAResetAfterIt() {
            String before = token(sandbox);

            sandbox.reset();

            assertThat(sandbox.handle(SandboxRequest.upsert(STORE, before, customer("'external_id': '1'")))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void forgetsEverything() {
            upsert("'external_id': '1'");
            sandbox.faults(STORE, Faults.failNext(9, 500));

            sandbox.reset();

            assertThat(sandbox.requests(0, null)).isEmpty();
            assertThat(sandbox.view(STORE, 10).held()).isZero();
            assertThat(sandbox.count(STORE, Counter.REQUESTS)).isZero();
            assertThat(upsert("'external_id': '1'").status()).isEqualTo(200);
            assertThat(sandbox.view(STORE, 10).held()).isOne();
        }
    }

    @Test
    void takesRequestsOfManyThreads() {
        String token = token(sandbox);

        IntStream.range(0, 1_000).parallel().forEach(i -> {
            String body = customer("'external_id': '" + i % 100 + "', 'first_name': '" + i + "'");
            sandbox.handle(SandboxRequest.upsert(STORE, token, body));
        });

        assertThat(sandbox.count(STORE, Counter.UPSERTS)).isEqualTo(1_000);
        assertThat(sandbox.view(STORE, 10).held()).isEqualTo(100);
    }
}
