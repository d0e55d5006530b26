package io.yotposync.conversation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.yotposync.conversation.Talk.assertOutage;
import static io.yotposync.conversation.Talk.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each answer to the call for a token comes to. */
@Tag("long")
class TokenFaultsIT {

    private final WireMockServer yotpo =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        yotpo.start();
    }

    @AfterEach
    void stop() {
        yotpo.stop();
    }

    private Outcome sent() throws Exception {
        return sentTo(URI.create(yotpo.baseUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenAnswersOfTheTokenCallAreOutagesAndNotWrongSecrets(Fault fault) throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withFault(fault)));

        assertOutage(sent(), FailureClass.NETWORK);
    }

    @ParameterizedTest
    @CsvSource({"500, OUTAGE", "502, OUTAGE", "503, OUTAGE", "407, NETWORK"})
    void anOutageOfTheTokenCallIsNotAWrongSecret(int status, FailureClass kind) throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status)));

        assertOutage(sent(), kind);
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "422"})
    void aRefusedSecretIsAMatterOfCredentials(int status) throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody("secret s3cr3t is wrong")));

        assertThat(sent())
                .isEqualTo(new Unauthorized(new Failure(
                        FailureClass.CREDENTIALS, status, "Yotpo gave no token for this app key and secret")));
        yotpo.verify(1, anyRequestedFor(anyUrl()));
    }

    /** As behind a base-url that leads to a proxy, or a portal that wants a log-in. */
    @Test
    void aWebPageInPlaceOfATokenIsNotSaidToBeYotpos() throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withBody("<html>Please log in</html>")));
        assertThat(sent())
                .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 200, "a web page answered in Yotpo's place")));

        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(404).withBody("<html>Not found</html>")));
        assertThat(sent())
                .isEqualTo(new Unauthorized(
                        new Failure(FailureClass.CREDENTIALS, 404, "a web page answered in Yotpo's place")));
    }

    @Test
    void aRedirectedTokenCallHoldsTheStoreWithThatReason() throws Exception {
        yotpo.stubFor(post(anyUrl())
                .willReturn(aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:9/elsewhere")));

        assertThat(sent().toString()).contains("Unauthorized", "redirect; check base-url");
    }

    @Test
    void aTokenThatNoServerWouldTakeInAHeaderIsNone() throws Exception {
        String token = "t".repeat(450_000);
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{\"access_token\":\"" + token + "\"}")));

        assertOutage(sent(), FailureClass.OUTAGE);
        yotpo.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({"''", "{}", "not json", "{\"access_token\":\"\"}", "{\"access_token\":7}", "{\"access_token\":\"a b\"}"
    })
    void aTokenAnswerWithoutATokenIsAnOutage(String body) throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withBody(body)));

        assertOutage(sent(), FailureClass.OUTAGE);
    }

    @Test
    void aRateLimitedTokenCallSlowsDown() throws Exception {
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3")));

        assertThat(((SlowDown) sent()).asked()).isEqualTo(Duration.ofSeconds(3));
    }
}
