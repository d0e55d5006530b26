package io.yotposync.conversation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.yotposync.conversation.Talk.assertOutage;
import static io.yotposync.conversation.Talk.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each ill of Yotpo or of the network comes to. */
@Tag("long")
class FaultsIT {

    private final WireMockServer yotpo =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        yotpo.start();
        yotpo.stubFor(post(anyUrl()).willReturn(aResponse().withBody("{\"access_token\":\"tok-1\"}")));
    }

    @AfterEach
    void stop() {
        yotpo.stop();
    }

    private Outcome answered(ResponseDefinitionBuilder with) throws Exception {
        yotpo.stubFor(patch(anyUrl()).willReturn(with));
        return sentTo(URI.create(yotpo.baseUrl()));
    }

    /** The JDK's client throws it where it has an authenticator, as for a proxy. */
    @Test
    void aRejectedTokenIsOneForAClientWithAnAuthenticatorToo() throws Exception {
        yotpo.stubFor(patch(anyUrl()).willReturn(aResponse().withStatus(401)));
        try (Talk talk = new Talk(URI.create(yotpo.baseUrl()), http -> http.authenticator(new Authenticator() {}))) {
            assertThat(talk.send()).isInstanceOf(Unauthorized.class);
        }
    }

    @Test
    void connectionRefusedIsAnOutage() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        assertThat(sentTo(URI.create("http://127.0.0.1:" + port)))
                .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 0, "no connection")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenAnswersAreOutages(Fault fault) throws Exception {
        assertOutage(answered(aResponse().withFault(fault)), FailureClass.NETWORK);
    }

    @Test
    void noAnswerInTimeIsAnOutage() throws Exception {
        assertThat(answered(aResponse().withFixedDelay(3000)))
                .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 0, "no answer in time")));
    }

    @Test
    void aRedirectToAnotherHostIsNeverFollowed() throws Exception {
        WireMockServer elsewhere = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        elsewhere.start();
        try {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                Outcome outcome =
                        answered(aResponse().withStatus(status).withHeader("Location", elsewhere.baseUrl() + "/x"));
                assertThat(outcome).isInstanceOf(Refused.class);
            }
            elsewhere.verify(0, anyRequestedFor(anyUrl()));
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void htmlFromAProxyIsAnOutage() throws Exception {
        assertOutage(answered(aResponse().withStatus(502).withBody("<html>Bad gateway</html>")), FailureClass.OUTAGE);
        assertOutage(
                answered(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<!doctype html><title>Log in</title>")),
                FailureClass.NETWORK);
    }

    @ParameterizedTest
    @CsvSource({"200, ''", "204, ''", "200, '{}'", "202, nonsense", "200, 'null'"})
    void anySuccessIsAccepted(int status, String body) throws Exception {
        assertThat(answered(aResponse().withStatus(status).withBody(body))).isEqualTo(new Accepted(status));
    }

    @Test
    void aWrongCharsetDoesNotMatter() throws Exception {
        assertThat(answered(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/json; charset=klingon")
                        .withBody("{\"message\":\"tags gr\u00fc\u00dfen\"}".getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void twoHundredMegabytesAreHungUpOn() throws Exception {
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text(out, "HTTP/1.1 400 Bad\r\nContent-Length: 209715200\r\n\r\n");
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < 3200; i++) {
                out.write(chunk);
            }
        })) {
            assertThat(sentTo(server.url()))
                    .isEqualTo(new Refused(
                            new Failure(FailureClass.VALIDATION, 400, "Yotpo refused it without a reason"), null));
            assertThat(server.hungUp.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Older Jackson reads for seconds at a number of half a million digits. */
    @Test
    void aRefusalIsReadNoFurtherThanItMayBeLong() throws Exception {
        String body = "{\"digits\":\"" + "9".repeat(100_000) + "\",\"message\":\"tags are bad\"}";

        assertThat(answered(aResponse().withStatus(422).withBody(body)))
                .isEqualTo(new Refused(
                        new Failure(FailureClass.VALIDATION, 422, "Yotpo refused it without a reason"), null));
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 7, 7000",
        "RateLimit-Reset, 2, 2000",
        "Retry-After, 'Fri, 31 Dec 9999 23:59:59 GMT', 300000",
        "Retry-After, 'Wed, 21 Oct 2015 07:28:00 GMT', 0",
        "Retry-After, 99999999, 300000",
        "Retry-After, -5,",
        "RateLimit-Reset, soon,",
        "X-Other, 1,"
    })
    void tooManyRequestsInEachForm(String header, String value, @Nullable Long millis) throws Exception {
        Outcome outcome = answered(aResponse().withStatus(429).withHeader(header, value));

        assertThat(((SlowDown) outcome).asked()).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsAnOutage() throws Exception {
        assertThat(sentTo(URI.create("https://127.0.0.1:" + yotpo.port())).toString())
                .contains("Outage", "NETWORK", "no secure connection");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsAnOutage() throws Exception {
        WireMockServer tls =
                new WireMockServer(options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"));
        tls.start();
        try {
            assertThat(sentTo(URI.create("https://127.0.0.1:" + tls.httpsPort()))
                            .toString())
                    .contains("Outage", "NETWORK", "no secure connection");
            tls.verify(0, anyRequestedFor(anyUrl()));
        } finally {
            tls.stop();
        }
    }

    @Test
    void aHostThatDoesNotExistIsAnOutage() throws Exception {
        assertOutage(sentTo(URI.create("https://no-such-host.invalid")), FailureClass.NETWORK);
    }
}
