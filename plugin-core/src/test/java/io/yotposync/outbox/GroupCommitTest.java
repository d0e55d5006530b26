package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.notBefore;
import static io.yotposync.outbox.States.print;
import static io.yotposync.outbox.States.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** How states that are handed over are written: in batches, again after a failure, and directly. */
class GroupCommitTest extends GatedHandOver {

    @Test
    void aSavingThreadDoesNotWaitForTheStorage() throws Exception {
        assertThat(handOver.offer(live(A, "1"))).isTrue();
        outbox.entered.acquire();

        assertThat(handOver.offer(live(B, "1"))).isTrue();
        assertThat(outbox.written).isEmpty();
        assertThat(handOver.state()).isEqualTo(new HandOverState(2, QUICK.capacity(), null, null));
    }

    @Test
    void whatComesDuringAWriteGoesTogetherInTheNext() throws Exception {
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        handOver.offer(live(B, "1"));
        CompletableFuture<Void> last = handOver.offerDurably(live(C, "1"));
        openTheGate();
        last.get();

        assertThat(outbox.written).hasSize(2);
        assertThat(outbox.written.get(1)).extracting(Desired::key).containsExactly(B, C);
        assertThat(heard.batches.get(0)).isEqualTo(1);
    }

    @Test
    void statesOfOneCustomerBecomeOneAndTheNewestWins() throws Exception {
        handOver.offer(live(C, "busy"));
        outbox.entered.acquire();
        CompletableFuture<Void> older = handOver.offerDurably(notBefore(live(A, "older", 5_001), at(1)));
        handOver.offer(notBefore(live(A, "newest", 5_003), at(2)));
        CompletableFuture<Void> late = handOver.offerDurably(live(A, "late", 5_002));
        openTheGate();
        older.get();
        late.get();

        assertThat(outbox.written.get(1)).hasSize(1);
        Desired kept = outbox.written.get(1).get(0);
        assertThat(kept.fingerprint()).isEqualTo(print("newest"));
        assertThat(kept.sourceVersion()).isEqualTo(5_003);
        assertThat(kept.notBefore()).isEqualTo(at(1));
    }

    @Test
    void ofEqualVersionsTheLaterWinsAndLiveStaysLive() throws Exception {
        handOver.offer(live(C, "busy"));
        outbox.entered.acquire();
        handOver.offer(live(A, "first"));
        CompletableFuture<Void> second = handOver.offerDurably(scan(A, "second"));
        openTheGate();
        second.get();

        Desired kept = outbox.written.get(1).get(0);
        assertThat(kept.fingerprint()).isEqualTo(print("second"));
        assertThat(kept.origin()).isEqualTo(Origin.LIVE);
    }

    @Test
    void aStateThatComesWhileItsCustomerIsBeingWrittenIsWrittenToo() throws Exception {
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        CompletableFuture<Void> second = handOver.offerDurably(live(A, "2"));
        openTheGate();
        second.get();
        handOver.close(Duration.ofSeconds(10));

        assertThat(outbox.written.get(outbox.written.size() - 1))
                .extracting(Desired::fingerprint)
                .containsExactly(print("2"));
    }

    @Test
    void anotherCustomerIsRefusedWhenItIsFullAndAKnownOneIsNot() throws Exception {
        restart(QUICK.withCapacity(2));
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        handOver.offer(live(B, "1"));

        assertThat(handOver.state().fullAt()).isNull();
        assertThat(handOver.offer(live(C, "1"))).isFalse();
        assertThat(handOver.state().fullAt()).isEqualTo(CLOCK.instant());
        assertThat(handOver.offer(live(B, "2"))).isTrue();
        assertThatThrownBy(() -> handOver.offerDurably(live(C, "1")).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HandOver.RefusedException.class)
                .hasMessageContaining("eu/c");
    }

    @Test
    void aBatchIsNoLargerThanAllowed() throws Exception {
        restart(QUICK.withMaxBatch(10));
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        List<CompletableFuture<Void>> all = IntStream.range(0, 25)
                .mapToObj(i -> handOver.offerDurably(live(key(EU, "n" + i), "1")))
                .toList();
        openTheGate();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();

        assertThat(outbox.written).extracting(List::size).containsExactly(1, 10, 10, 5);
    }

    @Test
    void aFailedWriteIsTriedAgainAndLosesNothing() throws Exception {
        AtomicInteger failures = new AtomicInteger(4);
        outbox.check = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("down");
            }
        };
        handOver.offer(live(A, "1"));
        outbox.entered.acquire();
        handOver.offer(live(A, "2"));
        CompletableFuture<Void> b = handOver.offerDurably(live(B, "1"));
        openTheGate();
        b.get();
        handOver.close(Duration.ofSeconds(10));

        assertThat(heard.failures).hasValue(4);
        assertThat(heard.givenUp).isEmpty();
        assertThat(outbox.written.stream().flatMap(List::stream).map(Desired::fingerprint))
                .containsExactlyInAnyOrder(print("2"), print("1"));
        assertThat(handOver.state().failingSince()).isNull();
    }

    @Test
    void evenAnErrorDoesNotEndTheWriter() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        outbox.check = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("driver");
            }
        };
        heard.throwing = true;
        openTheGate();
        handOver.offerDurably(live(A, "1")).get();

        assertThat(outbox.written).hasSize(1);
    }

    @Test
    void aFailingStorageShowsSinceWhen() throws Exception {
        outbox.check = batch -> {
            throw new IllegalStateException("down");
        };
        openTheGate();
        handOver.offer(live(A, "1"));
        heard.failed.acquire(3);

        assertThat(handOver.state().failingSince()).isEqualTo(at(5));
        assertThat(handOver.state().waiting()).isEqualTo(1);
    }

    @Test
    void aStorageThatGoesOnFailingHasFailedSinceTheFirstTime() throws Exception {
        Clock clock = Mockito.mock(Clock.class);
        AtomicInteger seconds = new AtomicInteger();
        Mockito.when(clock.instant()).thenAnswer(now -> at(seconds.get()));
        outbox.check = batch -> {
            seconds.incrementAndGet();
            throw new IllegalStateException("down");
        };
        openTheGate();
        handOver.close(Duration.ofSeconds(10));
        handOver = HandOver.groupCommit(outbox, clock, QUICK, heard);
        handOver.offer(live(A, "1"));
        heard.failed.acquire(3);

        assertThat(handOver.state().failingSince()).isEqualTo(at(1));
    }

    @Test
    void anOutageGivesNothingUp() throws Exception {
        outbox.check = batch -> {
            throw new IllegalStateException("down");
        };
        openTheGate();
        handOver.offer(live(A, "1"));
        CompletableFuture<Void> b = handOver.offerDurably(live(B, "1"));
        heard.failed.acquire(40);
        outbox.check = batch -> {};
        b.get();

        assertThat(heard.givenUp).isEmpty();
    }

    @Test
    void aStateThatCanNeverBeWrittenDoesNotHoldUpTheOthers() throws Exception {
        outbox.check = batch -> {
            if (batch.stream().anyMatch(state -> state.key().equals(A))) {
                throw new IllegalArgumentException("poison");
            }
        };
        openTheGate();
        CompletableFuture<Void> poison = handOver.offerDurably(live(A, "1"));
        for (int i = 0; !poison.isDone(); i++) {
            handOver.offerDurably(live(key(EU, "n" + i), "1")).get();
        }

        assertThat(poison).isCompletedExceptionally();
        assertThat(heard.givenUp).containsExactly(A);
        assertThat(handOver.offer(live(B, "1"))).isTrue();
    }

    @Test
    void aStateThatTheOutboxHasNoRoomForIsGivenUpAndTold() {
        outbox.refused = Set.of(A);
        CompletableFuture<Void> told = handOver.offerDurably(live(A, "1"));
        openTheGate();

        assertThatThrownBy(told::get).hasCauseInstanceOf(HandOver.RefusedException.class);
    }

    @Test
    void aWriteThatHangsCountsAsFailingAfterAWhile() throws Exception {
        Clock clock = Mockito.mock(Clock.class);
        Mockito.when(clock.instant()).thenReturn(at(0));
        HandOver slow = HandOver.groupCommit(outbox, clock, GroupCommitSettings.standard(), heard);
        slow.offer(live(A, "1"));
        outbox.entered.acquire();

        Mockito.when(clock.instant()).thenReturn(at(10));
        assertThat(slow.state().failingSince()).isNull();
        Mockito.when(clock.instant()).thenReturn(at(11));
        assertThat(slow.state().failingSince()).isEqualTo(at(0));

        openTheGate();
        assertThat(slow.close(Duration.ofSeconds(10))).isZero();
        assertThat(slow.state().failingSince()).isNull();
    }

    @Test
    void theWaitDoublesUpToItsLimit() {
        GroupCommitSettings settings = GroupCommitSettings.standard();

        assertThat(settings.wait(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.wait(3)).isEqualTo(Duration.ofMillis(400));
        assertThat(settings.wait(1_000_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        GroupCommitSettings settings = GroupCommitSettings.standard();

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withCapacity(0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxBatch(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withRetries(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withRetries(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void theDirectWayWritesOnTheCallersThread() {
        Outbox memory = Outbox.inMemory(1);
        HandOver direct = HandOver.direct(memory, CLOCK, heard);

        assertThat(direct.offer(live(A, "1"))).isTrue();
        assertThat(memory.find(A).orElseThrow().createdAt()).isEqualTo(at(5));
        assertThat(direct.offer(live(B, "1"))).isFalse();
        assertThat(direct.offerDurably(live(A, "2"))).isCompleted();
        assertThat(direct.offerDurably(live(B, "2"))).isCompletedExceptionally();
        assertThat(direct.state().waiting()).isZero();
        assertThat(direct.close(Duration.ZERO)).isZero();
        assertThat(direct.offer(live(A, "3"))).isFalse();
        direct.open();
        assertThat(direct.offer(live(A, "4"))).isTrue();
        assertThat(heard.batches).containsExactly(1, 1, 1);
    }

    @Test
    void theDirectWayNeverThrows() {
        outbox.check = batch -> {
            throw new IllegalStateException("down");
        };
        openTheGate();
        HandOver direct = HandOver.direct(outbox, CLOCK, heard);

        assertThat(direct.offer(live(A, "1"))).isFalse();
        assertThat(direct.state().failingSince()).isEqualTo(at(5));
        outbox.check = batch -> {};
        assertThat(direct.offer(live(A, "1"))).isTrue();
        assertThat(direct.state().failingSince()).isNull();
    }
}
