package io.yotposync.conversation;

import static io.yotposync.conversation.Talk.assertOutage;
import static io.yotposync.conversation.Talk.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes of answers that WireMock cannot give: cut off, out of form, or without end. */
@Tag("long")
class RawAnswersIT {

    private static void raw(RawServer.Reply reply) throws Exception {
        try (RawServer server = new RawServer(reply)) {
            assertOutage(sentTo(server.url()), FailureClass.NETWORK);
        }
    }

    @Test
    void aResetBeforeTheHeadersIsAnOutage() throws Exception {
        raw((socket, out) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Test
    void aResetInTheMiddleOfTheHeadersIsAnOutage() throws Exception {
        raw((socket, out) -> {
            RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Le");
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Test
    void aSuccessWhoseBodyBreaksOffIsAnOutageForItMayBeNobodysAnswer() throws Exception {
        raw((socket, out) -> {
            RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            socket.close();
        });
    }

    @Test
    void aContentLengthThatIsNoNumberIsAnOutage() throws Exception {
        raw((socket, out) -> RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"));
    }

    @Test
    void bytesThatAreNotHttpAreAnOutage() throws Exception {
        raw((socket, out) -> {
            RawServer.text(out, "220 mail.example ESMTP\r\n\r\n");
            socket.close();
        });
    }

    @Test
    void aBodyThatTricklesIsGivenUpInTimeAndHungUpOn() throws Exception {
        RawServer[] self = new RawServer[1];
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            self[0].trickle(out);
        })) {
            self[0] = server;
            long begin = System.nanoTime();
            assertOutage(sentTo(server.url()), FailureClass.NETWORK);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
            assertThat(server.hungUp.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void headersThatTrickleAreGivenUpInTime() throws Exception {
        RawServer[] self = new RawServer[1];
        try (RawServer server = new RawServer((socket, out) -> {
            RawServer.text(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
            self[0].trickle(out);
        })) {
            self[0] = server;
            assertOutage(sentTo(server.url()), FailureClass.NETWORK);
            assertThat(server.hungUp.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aConnectionThatStaysOpenAndSilentIsGivenUp() throws Exception {
        RawServer[] self = new RawServer[1];
        try (RawServer server = new RawServer((socket, out) -> await(self[0]))) {
            self[0] = server;
            assertThat(sentTo(server.url()))
                    .isEqualTo(new Outage(new Failure(FailureClass.NETWORK, 0, "no answer in time")));
        }
    }

    private static void await(RawServer server) throws IOException {
        try {
            server.closing.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Test
    void aCancelledSendHangsUpAndMakesNoFurtherRequest() throws Exception {
        RawServer[] self = new RawServer[1];
        try (RawServer server = new RawServer((socket, out) -> {
                    RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    self[0].trickle(out);
                });
                Talk talk = new Talk(server.url(), Duration.ofSeconds(20))) {
            self[0] = server;
            CompletableFuture<Outcome> send = talk.begin();
            org.awaitility.Awaitility.await().until(() -> server.patches.get() == 1);
            send.cancel(true);
            assertThat(server.hungUp.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(server.patches).hasValue(1);
        }
    }
}
