package io.yotposync.client;

import static io.yotposync.client.Headers.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Sent SENT = new Sent("{\"customer\":{\"external_id\":\"4711\"}}", "token");

    private static Outcome of(HttpReply reply) {
        return Outcomes.of(reply, SENT, NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void twoHundredsAreAccepted(int status) {
        assertThat(of(reply(status, "{}"))).isEqualTo(new Accepted(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "nonsense", "{\"errors\":[{\"message\":\"but\"}]}"})
    void anAcceptedStateIsAcceptedWhateverTheBodySays(String body) {
        assertThat(of(reply(200, body))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>log in</html>", "\n  <!DOCTYPE html>", "\uFEFF<html>", "\uFEFF\n<html>"})
    void aWebPageInYotposPlaceHasStoredNothing(String page) {
        assertThat(of(reply(200, page)))
                .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 200, "a web page answered in Yotpo's place")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "Text/HTML; charset=utf-16", "application/xhtml+xml"})
    void whatSaysThatItIsAWebPageIsOneHoweverItBegins(String type) {
        for (String page : List.of("\uFFFD\uFFFD<\0h\0t\0m\0l", "\u001F\uFFFD\b\0", "Log in first")) {
            assertThat(of(reply(200, page, "Content-Type", type))).isInstanceOf(Outage.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\uFEFF", "{}", "[]", "{\"customer\":{}}"})
    void nothingAndJsonAreAcceptedWhateverTheyAreCalled(String body) {
        assertThat(of(reply(200, body, "Content-Type", "text/html"))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429})
    void tooFastOrTooEarlyMeansSlowDown(int status) {
        assertThat(of(reply(status, "", "Retry-After", "7")))
                .isEqualTo(new SlowDown(
                        new Failure(FailureClass.QUOTA, status, "Yotpo asked to slow down"), Duration.ofSeconds(7)));
    }

    @Test
    void aSlowDownWithoutATimeNamesNone() {
        assertThat(((SlowDown) of(reply(429, ""))).asked()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599, 600})
    void errorsOfYotposOwnAreOutages(int status) {
        assertThat(of(reply(status, "<html>Bad gateway</html>")))
                .isEqualTo(new Outage(
                        new Failure(FailureClass.OUTAGE, status, "Yotpo answered with an error of its own")));
    }

    @Test
    void anOutageMaySayForHowLong() {
        Failure failure = new Failure(FailureClass.OUTAGE, 503, "Yotpo answered with an error of its own");

        assertThat(of(reply(503, "", "Retry-After", "3"))).isEqualTo(new Outage(failure, Duration.ofSeconds(3)));
        assertThat(of(reply(503, "", "Retry-After", "soon"))).isEqualTo(new Outage(failure));
        assertThat(((Outage) of(reply(502, "", "Retry-After", "3"))).asked()).isNull();
    }

    @Test
    void whatEveryAnswerTellsOfTheRateIsNotHowLongAnOutageLasts() {
        String[] rate = {"RateLimit-Remaining", "4", "RateLimit-Reset", "1"};
        Failure failure = new Failure(FailureClass.OUTAGE, 503, "Yotpo answered with an error of its own");

        assertThat(of(reply(503, "", rate))).isEqualTo(new Outage(failure));
        assertThat(((SlowDown) of(reply(429, "", rate))).asked()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aProxyThatWantsCredentialsIsNotYotposRefusal() {
        assertThat(of(reply(407, "")))
                .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 407, "a proxy on the way wants credentials")));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRejectedFreshTokenIsAMatterOfCredentials(int status) {
        assertThat(of(reply(status, "")))
                .isEqualTo(new Unauthorized(
                        new Failure(FailureClass.CREDENTIALS, status, "Yotpo rejected a fresh token")));
    }

    @ParameterizedTest
    @CsvSource({
        "400, VALIDATION",
        "422, VALIDATION",
        "409, CONFLICT",
        "404, CREDENTIALS",
        "402, OURS",
        "405, OURS",
        "413, OURS",
        "415, OURS",
        "418, OURS",
        "499, OURS"
    })
    void otherRefusalsAreFinalEachWithItsClass(int status, FailureClass kind) {
        assertThat(of(reply(status, "{\"errors\":[{\"message\":\"gender is unknown\"}]}")))
                .isEqualTo(new Refused(new Failure(kind, status, "gender is unknown"), "gender"));
    }

    @Test
    void aRefusalWithoutAReasonSaysSo() {
        assertThat(of(reply(400, "no")))
                .isEqualTo(new Refused(
                        new Failure(FailureClass.VALIDATION, 400, "Yotpo refused it without a reason"), null));
    }

    /** As of a firewall, or of a proxy that base-url names by mistake. */
    @Test
    void aRefusalThatIsAWebPageIsNotSaidToBeYotpos() {
        assertThat(of(reply(404, "<html>no</html>")))
                .isEqualTo(new Refused(
                        new Failure(FailureClass.CREDENTIALS, 404, "a web page answered in Yotpo's place"), null));
        assertThat(of(reply(400, "<html>no</html>")))
                .as("no fault of the customer's")
                .isEqualTo(
                        new Refused(new Failure(FailureClass.OURS, 400, "a web page answered in Yotpo's place"), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 304, 399})
    void redirectsAreNotFollowedButRefused(int status) {
        assertThat(of(reply(status, "{\"errors\":[{\"message\":\"gender\"}]}", "Location", "https://example.org/")))
                .isEqualTo(new Refused(
                        new Failure(FailureClass.OURS, status, "Yotpo answered with a redirect; check base-url"),
                        null));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new HttpTimeoutException("x"), "no answer in time"),
                Arguments.of(new HttpConnectTimeoutException("x"), "no answer in time"),
                Arguments.of(new java.util.concurrent.TimeoutException(), "no answer in time"),
                Arguments.of(new UnknownHostException("api"), "host name not found"),
                Arguments.of(new UnresolvedAddressException(), "host name not found"),
                Arguments.of(
                        new ConnectException("x").initCause(new UnresolvedAddressException()), "host name not found"),
                Arguments.of(new ConnectException("x"), "no connection"),
                Arguments.of(new SSLHandshakeException("x"), "no secure connection"),
                Arguments.of(new CancellationException(), "given up"),
                Arguments.of(new IOException("token=secret"), "connection broke: IOException"),
                Arguments.of(new CompletionException(new IOException("x")), "connection broke: IOException"),
                Arguments.of(
                        new CompletionException(new ExecutionException(new ConnectException("x"))), "no connection"),
                Arguments.of(new CompletionException("alone", null), "connection broke: CompletionException"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noAnswerIsAnOutageThatNamesNoData(Throwable fault, String reason) {
        assertThat(Outcomes.of(fault)).isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 0, reason)));
    }

    @Test
    void whatTheGuardDidNotLetGoWasNotSent() {
        Outcome outcome = Outcomes.of(new CompletionException(new NotPermittedException("no room")));

        assertThat(outcome).isEqualTo(new NotSent(new Failure(FailureClass.QUOTA, 0, "no room")));
        assertThat(new NotPermittedException("no room").getStackTrace()).isEmpty();
    }
}
