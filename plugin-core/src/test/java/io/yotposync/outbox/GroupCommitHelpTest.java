package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.print;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What waits beyond one write is written beside it, and nothing else. */
class GroupCommitHelpTest extends GatedHandOver {

    private static final int BATCH = 10;

    private final BlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Thread> outOfMemory = new AtomicReference<>();

    @BeforeEach
    void startWithHelpers() {
        handOver.close(Duration.ofSeconds(10));
        handOver = HandOver.groupCommit(outbox, CLOCK, QUICK.withMaxBatch(BATCH), heard, calls::add);
    }

    @Test
    void asManyAsOneWriteTakesAreWrittenBesideIt() throws Exception {
        List<CompletableFuture<Void>> all = offerBehindAWrite(2 * BATCH + 5);
        outbox.gate.release();
        outbox.entered.acquire();
        CompletableFuture<Void> helper = CompletableFuture.runAsync(calls.take());
        outbox.entered.acquire();
        openTheGate();
        helper.get();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();

        assertThat(outbox.written).extracting(List::size).containsExactlyInAnyOrder(1, BATCH, BATCH, 5);
        assertThat(outbox.written.stream().flatMap(List::stream).map(Desired::key))
                .as("each in one write")
                .doesNotHaveDuplicates()
                .hasSize(2 * BATCH + 6);
        assertThat(calls).isEmpty();
        assertThat(handOver.state().waiting()).isZero();
    }

    @Test
    void fewerThanOneWriteTakesWaitForTheWriter() throws Exception {
        List<CompletableFuture<Void>> all = offerBehindAWrite(2 * BATCH - 1);
        openTheGate();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();

        assertThat(calls).isEmpty();
    }

    @Test
    void aHelperThatComesTooLateFindsNothingToDoAndIsCalledAgain() throws Exception {
        List<CompletableFuture<Void>> all = offerBehindAWrite(2 * BATCH);
        openTheGate();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        int writes = outbox.written.size();
        calls.take().run();

        assertThat(outbox.written).hasSize(writes);
        outbox.gate.drainPermits();
        outbox.entered.drainPermits();
        offerBehindAWrite(2 * BATCH);
        outbox.gate.release();
        assertThat(calls.take()).isNotNull();
    }

    @Test
    void aCustomerWhoIsBeingWrittenIsInNoOtherWrite() throws Exception {
        offerBehindAWrite(2 * BATCH);
        outbox.gate.release();
        outbox.entered.acquire();
        CompletableFuture<Void> newer = handOver.offerDurably(live(customer(0), "2"));
        for (int i = 1; i < BATCH; i++) {
            handOver.offer(live(customer(i), "2"));
        }
        CompletableFuture<Void> helper = CompletableFuture.runAsync(calls.take());
        outbox.entered.acquire();
        openTheGate();
        newer.get();
        helper.get();

        assertThat(outbox.written.stream().flatMap(List::stream))
                .filteredOn(state -> state.key().equals(customer(0)))
                .extracting(Desired::fingerprint)
                .containsExactly(print("1"), print("2"));
    }

    @Test
    void whereNobodyCanHelpTheWriterGoesOnAlone() throws Exception {
        handOver.close(Duration.ofSeconds(10));
        handOver = HandOver.groupCommit(outbox, CLOCK, QUICK.withMaxBatch(BATCH), heard, task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        List<CompletableFuture<Void>> all = offerBehindAWrite(3 * BATCH);
        openTheGate();

        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    }

    @Test
    void afterAFailureNobodyIsCalledUntilAWriteSucceeds() throws Exception {
        outbox.check = batch -> {
            throw new IllegalStateException("down");
        };
        offerBehindAWrite(3 * BATCH);
        outbox.gate.release(20);
        heard.failed.acquire(20);

        assertThat(calls).isEmpty();
        outbox.check = batch -> {};
        openTheGate();
        assertThat(calls.take()).isNotNull();
    }

    @Test
    void aHelperLeavesItsThreadToOthersAfterEachWrite() throws Exception {
        Semaphore writer = new Semaphore(1);
        outbox.check = batch -> {
            if (!Thread.currentThread().getName().equals("helper")) {
                writer.acquireUninterruptibly();
            }
        };
        List<CompletableFuture<Void>> all = offerBehindAWrite(4 * BATCH);
        openTheGate();
        Thread helper = new Thread(calls.take(), "helper");
        helper.start();
        helper.join();

        assertThat(outbox.written).extracting(List::size).containsExactly(1, BATCH);
        assertThat(calls).as("called again").hasSize(1);
        writer.release(1_000);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    }

    @Test
    void anErrorOfAListenersEndsNoWriter() throws Exception {
        heard.error = new NoSuchMethodError("a listener's own fault");
        openTheGate();
        handOver.offerDurably(live(A, "1")).get();
        handOver.offerDurably(live(B, "1")).get();

        assertThat(outbox.written).hasSize(2);
    }

    @Test
    void aWriteOfTheHelpersThatFailsIsTriedAgainByTheWriter() throws Exception {
        List<CompletableFuture<Void>> all = offerBehindAWrite(2 * BATCH);
        Thread helper = startHelperThat(() -> {
            throw new IllegalStateException("down");
        });
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        helper.join();

        assertThat(heard.failures).hasValue(1);
        assertThat(heard.givenUp).isEmpty();
        assertThat(handOver.state().failingSince()).isNull();
    }

    @Test
    void aWriterThatBreaksOffForWantOfMemoryWritesWhatWaitsAllTheSame() throws Exception {
        startWithLittleMemory();
        AtomicBoolean down = new AtomicBoolean(true);
        outbox.check = batch -> {
            if (down.getAndSet(false)) {
                breakOff();
            }
        };
        openTheGate();

        handOver.offerDurably(live(A, "1")).get();
        handOver.offerDurably(live(B, "1")).get();
        assertThat(handOver.state().waiting()).isZero();
    }

    @Test
    void whatAHelperWasWritingWhenItBrokeOffIsWrittenByTheWriter() throws Exception {
        startWithLittleMemory();
        List<CompletableFuture<Void>> all = offerBehindAWrite(2 * BATCH);
        Thread helper = startHelperThat(this::breakOff);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        helper.join();

        assertThat(handOver.state().waiting()).isZero();
    }

    /** @param fails the helper's write */
    private Thread startHelperThat(Runnable fails) throws InterruptedException {
        outbox.gate.release();
        outbox.entered.acquire();
        Thread helper = new Thread(calls.take());
        outbox.check = batch -> {
            if (Thread.currentThread().equals(helper)) {
                fails.run();
            }
        };
        helper.start();
        outbox.entered.acquire();
        openTheGate();
        return helper;
    }

    /** The write fails, and then its thread finds no memory. */
    private void breakOff() {
        outOfMemory.set(Thread.currentThread());
        throw new IllegalStateException("down");
    }

    private void startWithLittleMemory() {
        handOver.close(Duration.ofSeconds(10));
        Clock clock = Mockito.mock(Clock.class);
        Mockito.when(clock.instant()).thenAnswer(time -> {
            if (outOfMemory.compareAndSet(Thread.currentThread(), null)) {
                throw new OutOfMemoryError("Java heap space");
            }
            return CLOCK.instant();
        });
        handOver = HandOver.groupCommit(outbox, clock, QUICK.withMaxBatch(BATCH), heard, calls::add);
    }

    @Test
    void closingWaitsForTheHelpersWriteToo() throws Exception {
        offerBehindAWrite(2 * BATCH);
        outbox.gate.release();
        outbox.entered.acquire();
        CompletableFuture<Void> helper = CompletableFuture.runAsync(calls.take());
        outbox.entered.acquire();
        CompletableFuture<Integer> lost = CompletableFuture.supplyAsync(() -> handOver.close(Duration.ofSeconds(10)));
        openTheGate();

        assertThat(lost.get()).isZero();
        assertThat(outbox.written.stream().flatMap(List::stream)).hasSize(2 * BATCH + 1);
        helper.get();
    }

    /** The writer is in a write of one when all of them come. */
    private List<CompletableFuture<Void>> offerBehindAWrite(int count) throws InterruptedException {
        handOver.offer(live(A, "busy"));
        outbox.entered.acquire();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> all.add(handOver.offerDurably(live(customer(i), "1"))));
        return all;
    }

    private static CustomerKey customer(int i) {
        return key(EU, "n" + i);
    }
}
