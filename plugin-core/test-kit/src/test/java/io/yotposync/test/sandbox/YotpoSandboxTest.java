package io.yotposync.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class YotpoSandboxTest extends SandboxScene {

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
        void showsTheLastAcceptedFirstHoweverFastTheyCame() {
            upsert("'external_id': '1'");
            upsert("'external_id': '2'");
            upsert("'external_id': '1', 'first_name': 'A'");
            upsert("'external_id': '3'");

            assertThat(sandbox.customers(STORE))
                    .extracting(held -> held.customer().path("external_id").asText())
                    .containsExactly("3", "1", "2");
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
}
