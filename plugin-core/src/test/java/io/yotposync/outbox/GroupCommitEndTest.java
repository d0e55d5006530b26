package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What a hand-over does with states when it closes, after that, and when it opens again. */
class GroupCommitEndTest extends GatedHandOver {

    @Test
    void closingWritesWhatWaitsAndWhatComesLaterIsWrittenToo() throws Exception {
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        handOver.offer(live(B, "1"));
        openTheGate();

        assertThat(handOver.close(Duration.ofSeconds(10))).isZero();

        assertThat(outbox.written).hasSize(2);
        assertThat(handOver.state().waiting()).isZero();
        assertThat(handOver.offer(live(C, "1"))).isTrue();
        handOver.offerDurably(live(C, "2")).get(10, TimeUnit.SECONDS);
        assertThat(outbox.written.get(outbox.written.size() - 1))
                .extracting(Desired::key)
                .containsExactly(C);
    }

    @Test
    void whatComesDuringTheLastWritesIsWrittenAfterThem() throws Exception {
        openTheGate();
        HandOver inTime = Mockito.mock(HandOver.class);
        HandOver late = new LateHandOver(inTime, outbox, CLOCK, QUICK, heard);
        List<CompletableFuture<Void>> told = new ArrayList<>();
        Mockito.when(inTime.offerDurably(Mockito.any()))
                .thenReturn(CompletableFuture.failedFuture(new HandOver.RefusedException(A)));
        Mockito.when(inTime.close(Mockito.any())).thenAnswer(lastWrites -> {
            told.add(late.offerDurably(live(A, "1")));
            assertThat(outbox.entered.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
            return 0;
        });

        late.close(Duration.ofSeconds(10));

        told.get(0).get(10, TimeUnit.SECONDS);
        assertThat(outbox.written).hasSize(1);
    }

    @Test
    void whatComesAfterTheDatabaseIsClosedIsGivenUpAndLeavesNoThreadBehind() throws Exception {
        openTheGate();
        handOver.close(Duration.ofSeconds(10));
        outbox.check = batch -> {
            throw new IllegalStateException("the pool is closed");
        };

        CompletableFuture<Void> told = handOver.offerDurably(live(A, "1"));

        assertThatThrownBy(told::get).hasCauseInstanceOf(HandOver.RefusedException.class);
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("yotpo-sync-outbox-late")));
        assertThat(heard.givenUp).containsExactly(A);
    }

    @Test
    void whoSavesAfterTheCloseWaitsForItsWriteAndForNoLongerThanASecond() throws Exception {
        handOver.close(Duration.ofSeconds(10));
        assertThat(handOver.offer(live(A, "1"))).as("the storage hangs").isTrue();
        outbox.entered.acquire();
        assertThat(outbox.written).isEmpty();

        openTheGate();
        handOver.offerDurably(live(A, "2")).get(10, TimeUnit.SECONDS);
        assertThat(handOver.offer(live(B, "1"))).isTrue();

        assertThat(outbox.written.stream().flatMap(List::stream))
                .extracting(Desired::key)
                .containsExactly(A, A, B);
    }

    @Test
    void afterOneWhoWaitedInVainNobodyWaitsUntilSomethingWasWritten() throws Exception {
        handOver.close(Duration.ofSeconds(10));
        assertThat(handOver.offer(live(A, "1"))).as("the storage hangs").isTrue();

        // A second each, if they waited: longer than this test may take.
        for (int i = 0; i < 60; i++) {
            assertThat(handOver.offer(live(key(EU, "c" + i), "1"))).isTrue();
        }
        assertThat(outbox.written).isEmpty();

        openTheGate();
        handOver.offerDurably(live(B, "1")).get(10, TimeUnit.SECONDS);
        assertThat(handOver.offer(live(C, "1"))).isTrue();
        assertThat(outbox.written.stream().flatMap(List::stream))
                .as("who comes now waits again")
                .extracting(Desired::key)
                .contains(C)
                .hasSize(63);
    }

    @Test
    void oneThatIsNotTakenAfterTheCloseDoesNotTakeTheOthersWithIt() throws Exception {
        handOver.close(Duration.ofSeconds(10));
        CompletableFuture<Void> first = handOver.offerDurably(live(A, "1"));
        outbox.entered.acquire();
        outbox.check = batch -> {
            if (batch.stream().anyMatch(state -> state.key().equals(B))) {
                throw new IllegalStateException("this one cannot be written");
            }
        };
        CompletableFuture<Void> bad = handOver.offerDurably(live(B, "1"));
        CompletableFuture<Void> good = handOver.offerDurably(live(C, "1"));

        openTheGate();

        first.get(10, TimeUnit.SECONDS);
        good.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(bad::get).hasCauseInstanceOf(HandOver.RefusedException.class);
        assertThat(heard.givenUp).containsExactly(B);
    }

    @Test
    void someThatAreNotTakenAfterTheCloseDoNotMakeTheDatabaseAway() throws Exception {
        List<CompletableFuture<Void>> told = closedWithOneUnderWay("b", "c", "d", "e", "f", "g");
        Set<CustomerKey> bad = Set.of(B, key(EU, "d"), key(EU, "f"));
        outbox.check = batch -> requireNone(bad, batch);
        openTheGate();

        for (int good : new int[] {1, 3, 5}) {
            told.get(good).get(10, TimeUnit.SECONDS);
        }
        assertThat(heard.givenUp).containsExactlyInAnyOrderElementsOf(bad);
    }

    @Test
    void afterTwoInARowThatAreNotTakenAfterTheCloseTheRestIsNotTried() throws Exception {
        List<CompletableFuture<Void>> told = closedWithOneUnderWay("b", "c", "d");
        outbox.check = batch -> requireNone(Set.of(B, C), batch);
        openTheGate();

        for (CompletableFuture<Void> each : told) {
            assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(HandOver.RefusedException.class);
        }
    }

    private List<CompletableFuture<Void>> closedWithOneUnderWay(String... ids) throws Exception {
        handOver.close(Duration.ofSeconds(10));
        CompletableFuture<Void> busy = handOver.offerDurably(live(A, "busy"));
        outbox.entered.acquire();
        assertThat(busy).isNotDone();
        return Arrays.stream(ids)
                .map(id -> handOver.offerDurably(live(key(EU, id), "1")))
                .toList();
    }

    private static void requireNone(Set<CustomerKey> bad, Collection<Desired> batch) {
        if (batch.stream().map(Desired::key).anyMatch(bad::contains)) {
            throw new IllegalStateException("this one cannot be written");
        }
    }

    @Test
    void thereIsRoomForSoManyAfterTheCloseAndForNoMore() throws Exception {
        restart(QUICK.withCapacity(1));
        handOver.close(Duration.ofSeconds(10));

        CompletableFuture<Void> a = handOver.offerDurably(live(A, "1"));
        outbox.entered.acquire();
        CompletableFuture<Void> b = handOver.offerDurably(live(B, "1"));

        assertThat(handOver.offer(live(C, "1"))).isFalse();
        CompletableFuture<Void> known = handOver.offerDurably(live(B, "2"));
        openTheGate();
        CompletableFuture.allOf(a, b, known).get(10, TimeUnit.SECONDS);
    }

    @Test
    void statesOfOneCustomerAfterTheCloseBecomeOneAndTheNewestWins() throws Exception {
        handOver.close(Duration.ofSeconds(10));
        CompletableFuture<Void> busy = handOver.offerDurably(live(C, "busy"));
        outbox.entered.acquire();
        CompletableFuture<Void> newest = handOver.offerDurably(live(A, "newest", 5_003));
        CompletableFuture<Void> late = handOver.offerDurably(live(A, "late", 5_002));
        openTheGate();
        CompletableFuture.allOf(busy, newest, late).get(10, TimeUnit.SECONDS);

        assertThat(outbox.written.get(1)).extracting(Desired::fingerprint).containsExactly(print("newest"));
    }

    @Test
    void closingEndsInTimeAndSaysWhatIsLost() throws Exception {
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        CompletableFuture<Void> b = handOver.offerDurably(live(B, "1"));

        assertThat(handOver.close(Duration.ofMillis(1))).isEqualTo(2);

        assertThat(b).isCompletedExceptionally();
    }

    @Test
    void whatWasClosedCanBeOpenedAgain() throws Exception {
        openTheGate();
        handOver.close(Duration.ofSeconds(10));
        handOver.open();
        handOver.open();

        handOver.offerDurably(live(A, "1")).get(10, TimeUnit.SECONDS);
        assertThat(outbox.written).hasSize(1);
        assertThat(handOver.close(Duration.ofSeconds(10))).isZero();
        assertThat(handOver.offer(live(A, "2"))).isTrue();
    }

    @Test
    void openedWhileTheLastWriteHangsItGoesOnBehindThat() throws Exception {
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        handOver.offer(live(B, "1"));
        assertThat(handOver.close(Duration.ofMillis(1))).isEqualTo(2);
        handOver.open();
        CompletableFuture<Void> third = handOver.offerDurably(live(C, "1"));
        openTheGate();

        third.get(10, TimeUnit.SECONDS);
        assertThat(outbox.written)
                .flatExtracting(batch -> batch)
                .extracting(Desired::key)
                .containsExactly(A, B, C);
    }

    @Test
    void closingAnIdleOneIsQuick() {
        assertThat(handOver.close(Duration.ofSeconds(10))).isZero();
        assertThat(handOver.close(Duration.ofSeconds(10))).isZero();
    }
}
