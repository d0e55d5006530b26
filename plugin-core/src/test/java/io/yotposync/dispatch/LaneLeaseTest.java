package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.OutboxHook.before;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Nodes that share an outbox: one drains a store, and sends nothing that would outlive its lease. */
class LaneLeaseTest {

    private final Bench bench = new Bench();

    private final AtomicInteger takes = new AtomicInteger();
    private final Bench counting =
            new Bench(outbox -> before("lease", takes::incrementAndGet, outbox), StoreStates.inMemory());

    @Test
    void aLaneIsTakenAnewOnlyWhenAFifthOfItsLeaseIsOver() {
        counting.yotpo.accept();
        counting.start();
        for (int second = 0; second < 12; second++) {
            counting.save(EU, "c" + second, "a");
            counting.threads.advance(Duration.ofSeconds(1));
        }
        assertThat(takes).hasValue(1);

        counting.threads.advance(Duration.ofSeconds(1));
        counting.save(EU, "c12", "a");
        counting.threads.settle();
        assertThat(takes).hasValue(2);
    }

    @Test
    void aLaneThatWasTakenBeforeTheClockWasPutBackIsTakenAnew() {
        counting.yotpo.accept();
        counting.start();
        counting.save(EU, "c1", "a");
        counting.threads.settle();
        counting.threads.jump(Duration.ofHours(-1));
        counting.save(EU, "c2", "a");
        counting.threads.settle();

        assertThat(takes).hasValue(2);
    }

    @Test
    void aStoreWithoutWorkIsNeitherTakenNorAsked() {
        counting.start();
        counting.threads.advance(Duration.ofSeconds(10));

        assertThat(takes).hasValue(0);
    }

    @Test
    void anotherNodeDrainsTheStoreOnlyAfterThisOneLetsGo() {
        bench.yotpo.accept();
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        Dispatcher other = bench.node("two");
        other.start();
        bench.threads.settle();

        assertThat(bench.dispatcher.holds(EU)).isTrue();
        assertThat(other.holds(EU)).isFalse();
    }

    @Test
    void aLateAnswerForARowThatAnotherTookIsRefusedAndNotTold() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.threads.jump(Duration.ofSeconds(70)); // this node slept
        Dispatcher other = bench.node("two");
        other.start();
        bench.yotpo.hold();
        bench.threads.advance(Duration.ofMillis(1));
        int before = bench.yotpo.sends.size();
        bench.yotpo.sends.get(0).outcome().complete(new Accepted(200));
        bench.threads.settle();

        assertThat(before).isEqualTo(2);
        assertThat(bench.told).isEmpty();
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void aSendThatHangsIsGivenUpBeforeItsLeaseEnds() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(41));

        assertThat(bench.yotpo.sends.get(0).outcome()).isCancelled();
        assertThat(bench.row(EU, "c1").attempts()).isEqualTo(1);
        assertThat(bench.row(EU, "c1").failure()).isNotNull();
    }

    @Test
    void aSendIsNotRepeatedAfterItsLeaseEnded() {
        bench.yotpo.answer(send -> new Outcome.Outage(FakeYotpo.DOWN));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        assertThat(bench.sent()).hasSize(1);

        bench.yotpo.hold();
        bench.threads.jump(Duration.ofMinutes(2)); // as if the process had been frozen before its repetition
        bench.node("two").start();
        bench.threads.settle();
        assertThat(bench.sent()).as("the other node's").hasSize(2);
        bench.threads.advance(Duration.ofMillis(500));

        assertThat(bench.sent()).hasSize(2);
    }

    @Test
    void aSendIsNotBegunThatWouldOutliveItsLease() {
        AtomicReference<Duration> stall = new AtomicReference<>(Duration.ofSeconds(45));
        Bench[] slow = new Bench[1];
        List<Integer> sentAtEachEnd = new ArrayList<>();
        slow[0] = new Bench(
                real -> before(
                        "claim",
                        () -> slow[0].threads.jump(stall.getAndSet(Duration.ZERO)),
                        before(
                                "complete",
                                () -> sentAtEachEnd.add(slow[0].sent().size()),
                                real)),
                StoreStates.inMemory());
        slow[0].yotpo.accept();
        slow[0].save(EU, "c1", "a");
        slow[0].start();
        slow[0].threads.advance(Duration.ofSeconds(2));

        assertThat(sentAtEachEnd).as("first too little of the lease is left").containsExactly(0, 1);
    }
}
