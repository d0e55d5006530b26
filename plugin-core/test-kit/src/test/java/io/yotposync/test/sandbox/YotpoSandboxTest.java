package io.yotposync.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.sandbox.Faults.Failing;
import io.yotposync.test.sandbox.Faults.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class YotpoSandboxTest {

    private static final String STORE = "store-1";
    private static final String OTHER = "store-2";

    private final SettableClock clock = new SettableClock();
    private final YotpoSandbox sandbox = sandbox(0);

    private YotpoSandbox sandbox(int requestsPerSecond) {
        return new YotpoSandbox(
                new SandboxSettings(
                        Map.of(STORE, "secret-1", OTHER, "secret-2"),
                        requestsPerSecond,
                        Duration.ofSeconds(60),
                        Duration.ofHours(1)),
                clock);
    }

    private static String token(YotpoSandbox sandbox) {
        Reply reply = sandbox.handle(SandboxRequest.token(STORE, "secret-1"));
        return json(reply).path("access_token").asText();
    }

    private Reply upsert(String properties) {
        return sandbox.handle(SandboxRequest.upsert(STORE, token(sandbox), customer(properties)));
    }

    private JsonNode retrieve(Map<String, String> query) {
        Reply reply = sandbox.handle(SandboxRequest.retrieve(STORE, token(sandbox), query));
        assertThat(reply.status()).isEqualTo(200);
        return json(reply);
    }

    private JsonNode held(String externalId) {
        return sandbox.find(STORE, externalId).orElseThrow().customer();
    }

    private static String customer(String properties) {
        return "{\"customer\": {" + properties.replace('\'', '"') + "}}";
    }

    private static JsonNode json(Reply reply) {
        return Objects.requireNonNull(Json.object(reply.body()));
    }

    @Nested
    class Authentication {

        @Test
        void givesATokenForTheSecretAndTakesItAfterwards() {
            assertThat(upsert("'external_id': '1'").status()).isEqualTo(200);
        }

        @Test
        void refusesAWrongSecret() {
            Reply reply = sandbox.handle(SandboxRequest.token(STORE, "wrong"));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(sandbox.count(STORE, Counter.UNAUTHORIZED)).isOne();
        }

        @Test
        void refusesATokenRequestWithoutASecret() {
            SandboxRequest request =
                    new SandboxRequest("POST", STORE, "access_tokens", null, "application/json", Map.of(), "{}");

            assertThat(sandbox.handle(request).status()).isEqualTo(400);
        }

        @Test
        void doesNotKnowOtherStores() {
            assertThat(sandbox.handle(SandboxRequest.token("store-3", "secret-1"))
                            .status())
                    .isEqualTo(404);
            assertThatIllegalArgumentException().isThrownBy(() -> sandbox.view("store-3", 1));
        }

        @Test
        void refusesACallWithoutATokenOrWithTheTokenOfAnotherStore() {
            String foreign = json(sandbox.handle(SandboxRequest.token(OTHER, "secret-2")))
                    .path("access_token")
                    .asText();
            String body = customer("'external_id': '1'");

            assertThat(sandbox.handle(SandboxRequest.upsert(STORE, null, body)).status())
                    .isEqualTo(401);
            assertThat(sandbox.handle(SandboxRequest.upsert(STORE, foreign, body))
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void letsATokenExpireWithTimeOrOnRequest() {
            String body = customer("'external_id': '1'");
            String first = token(sandbox);
            clock.advance(Duration.ofHours(1));
            assertThat(sandbox.handle(SandboxRequest.upsert(STORE, first, body)).status())
                    .isEqualTo(401);

            String second = token(sandbox);
            sandbox.expireTokens(STORE);
            assertThat(sandbox.handle(SandboxRequest.upsert(STORE, second, body))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Nested
    class Contract {

        @Test
        void answersABrokenRuleWith400AndAReason() {
            Reply reply = upsert("'gender': 'x'");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(json(reply).path("errors").findValuesAsText("message")).hasSize(2);
            assertThat(sandbox.count(STORE, Counter.REFUSED)).isOne();
            assertThat(sandbox.view(STORE, 10).held()).isZero();
        }

        @Test
        void wantsJson() {
            SandboxRequest form = new SandboxRequest(
                    "PATCH",
                    STORE,
                    "customers",
                    token(sandbox),
                    "text/plain",
                    Map.of(),
                    customer("'external_id': '1'"));

            assertThat(sandbox.handle(form).status()).isEqualTo(415);
        }

        @Test
        void hasNoOtherResourcesAndMethods() {
            assertThat(sandbox.handle(new SandboxRequest("POST", STORE, "customers", null, null, Map.of(), null))
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void countsDeprecatedProperties() {
            upsert("'external_id': '1', 'phone_number': '+14155550100', 'custom_properties': {'a': 1}");

            assertThat(sandbox.count(STORE, Counter.DEPRECATED_PHONE_NUMBER)).isOne();
            assertThat(sandbox.count(STORE, Counter.DEPRECATED_CUSTOM_PROPERTIES))
                    .isOne();
        }
    }

    @Nested
    class Upsert {

        @Test
        void mergesFieldsAndKeepsWhatIsMissingOrNull() {
            upsert("'external_id': '1', 'first_name': 'A', 'last_name': 'B'");
            upsert("'external_id': '1', 'first_name': 'C', 'last_name': null");

            assertThat(held("1").path("first_name").asText()).isEqualTo("C");
            assertThat(held("1").path("last_name").asText()).isEqualTo("B");
            assertThat(sandbox.view(STORE, 10).held()).isOne();
        }

        @Test
        void takesAnAddressWithoutACountryForAnAmericanOne() {
            upsert("'external_id': '1', 'address': {'city': 'Berlin'}");

            assertThat(held("1").path("address").path("country_code").asText()).isEqualTo("US");
        }

        @Test
        void identifiesByExternalIdThenEmailThenPhone() {
            upsert("'external_id': '1', 'email': 'a@example.com'");
            upsert("'email': 'A@example.com', 'first_name': 'by mail'");
            upsert("'external_id': '2', 'email': 'a@example.com'");
            upsert("'phone_number': '+14155550100'");
            upsert("'phone_number': '+14155550100', 'first_name': 'by phone'");

            assertThat(held("1").path("first_name").asText()).isEqualTo("by mail");
            assertThat(held("2").hasNonNull("first_name")).isFalse();
            assertThat(sandbox.view(STORE, 10).held()).isEqualTo(3);
        }

        @Test
        void countsUpsertsThatChangedNothing() {
            upsert("'external_id': '1', 'first_name': 'A'");
            upsert("'external_id': '1', 'first_name': 'A'");

            assertThat(sandbox.count(STORE, Counter.UPSERTS)).isEqualTo(2);
            assertThat(sandbox.count(STORE, Counter.UNCHANGED)).isOne();
            assertThat(sandbox.find(STORE, "1").orElseThrow().upserts()).isEqualTo(2);
        }

        @Test
        void keepsStoresApart() {
            upsert("'external_id': '1'");

            assertThat(sandbox.find(OTHER, "1")).isEmpty();
        }
    }

    @Nested
    class Retrieve {

        @Test
        void showsACustomerAfterTheDelayAndTheFormerStateBefore() {
            upsert("'external_id': '1', 'first_name': 'A'");
            assertThat(retrieve(Map.of()).path("customers")).isEmpty();

            clock.advance(Duration.ofSeconds(60));
            upsert("'external_id': '1', 'first_name': 'B'");
            assertThat(retrieve(Map.of()).at("/customers/0/first_name").asText())
                    .isEqualTo("A");

            clock.advance(Duration.ofSeconds(60));
            assertThat(retrieve(Map.of()).at("/customers/0/first_name").asText())
                    .isEqualTo("B");
        }

        @Test
        void answersAnUnknownCustomerWithAnEmptyList() {
            assertThat(retrieve(Map.of("external_ids", "1")).path("customers")).isEmpty();
        }

        @Test
        void filtersByIdEmailAndPhone() {
            upsert("'external_id': '1', 'email': 'a@example.com'");
            upsert("'external_id': '2', 'email': 'b@example.com', 'phone_number': '+14155550100'");
            clock.advance(Duration.ofSeconds(60));

            assertThat(retrieve(Map.of("external_ids", "1,3")).path("customers"))
                    .hasSize(1);
            assertThat(retrieve(Map.of("email", "B@example.com"))
                            .at("/customers/0/external_id")
                            .asText())
                    .isEqualTo("2");
            assertThat(retrieve(Map.of("phone_number", "+14155550100"))
                            .at("/customers/0/external_id")
                            .asText())
                    .isEqualTo("2");
        }

        @Test
        void pagesThroughAll() {
            IntStream.rangeClosed(1, 5).forEach(i -> upsert("'external_id': '" + i + "'"));
            clock.advance(Duration.ofSeconds(60));

            JsonNode first = retrieve(Map.of("limit", "3"));
            JsonNode second = retrieve(Map.of(
                    "limit",
                    "3",
                    "page_info",
                    first.at("/pagination/next_page_info").asText()));

            assertThat(first.path("customers")).hasSize(3);
            assertThat(second.path("customers").findValuesAsText("external_id")).containsExactly("4", "5");
            assertThat(second.at("/pagination/next_page_info").isNull()).isTrue();
        }

        @Test
        void showsUnknownFieldsAsNull() {
            upsert("'external_id': '1'");
            clock.advance(Duration.ofSeconds(60));

            assertThat(retrieve(Map.of()).at("/customers/0").get("email").isNull())
                    .isTrue();
        }

        @Test
        void refusesWrongParameters() {
            for (Map<String, String> query : List.of(
                    Map.of("limit", "101"),
                    Map.of("limit", "0"),
                    Map.of("page_info", "nonsense"),
                    Map.of("page_info", "e30", "email", "a@example.com"),
                    Map.of("external_id", "1"))) {
                Reply reply = sandbox.handle(SandboxRequest.retrieve(STORE, token(sandbox), query));

                assertThat(reply.status()).as("%s", query).isEqualTo(400);
            }
        }
    }

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
        }
    }

    @Test
    void logsEveryRequestWithItsOutcome() {
        upsert("'external_id': '1'");
        upsert("'gender': 'x', 'external_id': '2'");

        assertThat(sandbox.requests(0, STORE))
                .extracting(LoggedRequest::method, LoggedRequest::status, LoggedRequest::externalId)
                .contains(tuple("PATCH", 200, "1"), tuple("PATCH", 400, "2"))
                .hasSize(4);
        assertThat(sandbox.requests(3, null)).hasSize(1);
        assertThat(sandbox.requests(0, OTHER)).isEmpty();
    }

    @Test
    void keepsSecretsAndPersonalDataOutOfItsTexts() {
        SandboxSettings settings = new SandboxSettings(Map.of(STORE, "hidden"), 5, Duration.ZERO, Duration.ZERO);
        SandboxRequest request = SandboxRequest.upsert(STORE, "hidden", "hidden");

        assertThat(settings + " " + request + " " + Reply.of(200, "hidden")).doesNotContain("hidden");
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
