package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final BoundedBody body = new BoundedBody(BoundedBody.WORDS);
    private long requested;
    private int cancelled;

    private final Subscription subscription = new Subscription() {
        @Override
        public void request(long n) {
            requested = n;
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    };

    private String text() {
        return body.getBody().toCompletableFuture().join();
    }

    @Test
    void readsAShortBodyWhole() {
        body.onSubscribe(subscription);
        body.onNext(List.of(bytes("grü"), bytes("ße")));
        assertThat(body.getBody().toCompletableFuture()).isNotDone();
        body.onComplete();

        assertThat(text()).isEqualTo("grüße");
        assertThat(requested).isEqualTo(Long.MAX_VALUE);
        assertThat(cancelled).isZero();
    }

    @Test
    void hangsUpOnTwoHundredMegabytesAfterTheBeginning() {
        ByteBuffer chunk = ByteBuffer.allocate(MEGABYTE);
        body.onSubscribe(subscription);
        for (int i = 0; i < 200; i++) {
            chunk.rewind();
            body.onNext(List.of(chunk));
        }

        assertThat(text()).hasSize(BoundedBody.WORDS);
        assertThat(cancelled).isEqualTo(1);
    }

    @Test
    void aGzipBombStaysAsSmallAsItCame() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 10; i++) {
                zip.write(new byte[MEGABYTE]);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        body.onSubscribe(subscription);
        body.onNext(List.of(ByteBuffer.wrap(bomb.toByteArray())));
        body.onComplete();

        assertThat(text().length()).isLessThanOrEqualTo(BoundedBody.WORDS);
        assertThat(ErrorBody.parse(text(), new Sent("{}", ""))).isEqualTo(new ErrorBody("", null));
    }

    @Test
    void aBodyThatBreaksOffIsAFault() {
        body.onSubscribe(subscription);
        body.onNext(List.of(bytes("half")));
        body.onError(new IOException("reset"));

        assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        body.onSubscribe(subscription);
        body.onNext(List.of(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 'a'})));
        body.onComplete();

        assertThat(text()).isEqualTo("\uFFFDa");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
