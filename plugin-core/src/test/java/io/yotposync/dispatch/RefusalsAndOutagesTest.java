package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a row that Yotpo refuses, takes in part, or does not answer for. */
class RefusalsAndOutagesTest {

    private final Bench bench = new Bench();

    @Test
    void aRefusalIsParkedWithItsReasonAndSentAgainWhenTheCustomerChanges() {
        bench.yotpo.answer(send -> new Outcome.Refused(FakeYotpo.WRONG, "gender"));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofHours(3));
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(bench.row(EU, "c1").failure()).isEqualTo(FakeYotpo.WRONG);
        assertThat(bench.sent()).hasSize(1);
        assertThat(bench.told).containsExactly("parked eu/c1");

        bench.yotpo.accept();
        bench.save(EU, "c1", "b");
        bench.threads.settle();
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void whatWasLeftOutIsNotedAtTheRowAndNotAcknowledged() {
        bench.yotpo.answer(send -> new Accepted(200, "without gender: " + "x".repeat(400), "the rest"));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();

        assertThat(bench.row(EU, "c1").note()).startsWith("without gender: ").hasSize(Failure.MAX_REASON);
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.acknowledged(EU, "c1")).isEqualTo("the rest");
    }

    @Test
    void anOutageIsTriedAgainOnceSoonAndThenLaterAndLater() {
        bench.yotpo.answer(send -> new Outcome.Outage(FakeYotpo.DOWN));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        assertThat(bench.sent()).hasSize(1);
        bench.threads.advance(Duration.ofMillis(500));

        assertThat(bench.sent()).hasSize(2);
        LedgerRow row = bench.row(EU, "c1");
        assertThat(row.status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(row.attempts()).isEqualTo(1);
        assertThat(Duration.between(bench.now(), row.nextAttemptAt()))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    @Test
    void aSendThatWasNotLetGoUsesUpNothing() {
        bench.yotpo.answer(send -> bench.yotpo.sends.size() == 1
                ? new Outcome.NotSent(new Failure(FailureClass.QUOTA, 0, "no room"))
                : new Accepted(200));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();

        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.sent()).hasSize(2);
    }

    @Test
    void aSendMayHaveArrivedThoughItsRepetitionWasNotLetGo() {
        bench.yotpo.accept();
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.yotpo.answer(send -> bench.yotpo.sends.size() == 2
                ? new Outcome.Outage(FakeYotpo.DOWN)
                : new Outcome.NotSent(new Failure(FailureClass.QUOTA, 0, "no room")));
        bench.save(EU, "c1", "b");
        bench.threads.advance(Duration.ofMillis(500));
        assertThat(bench.sent()).hasSize(3);

        bench.yotpo.accept();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(5));

        assertThat(bench.sent()).last().isEqualTo("c1=a");
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void fiveOutagesInARowOpenTheBreakerAndTheOtherStoreGoesOn() {
        bench.yotpo.answer(send -> send.store().equals(EU) ? new Outcome.Outage(FakeYotpo.DOWN) : new Accepted(200));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofMillis(900));
        bench.save(US, "x", "a");
        bench.threads.advance(Duration.ofSeconds(60));

        assertThat(bench.yotpo.sends.stream().filter(send -> send.store().equals(EU)))
                .hasSizeBetween(StoreBreaker.FAILURES_TO_OPEN, StoreBreaker.FAILURES_TO_OPEN + 3);
        assertThat(bench.told).containsOnlyOnce("outage eu").contains("delivered us/x");
        assertThat(bench.dispatcher.status(EU)).extracting(LaneStatus::breaker).isEqualTo(LaneStatus.Breaker.OPEN);
    }

    @Test
    void anOutageThatSaysHowLongItLastsIsOneAndIsWaitedForOnAllNodes() {
        bench.yotpo.answer(send -> FakeYotpo.downFor(Duration.ofSeconds(30)));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(29));
        assertThat(bench.sent()).as("the three that were under way").hasSize(3);
        assertThat(bench.states.get(EU).waitUntil()).isEqualTo(bench.now().plusSeconds(1));
        assertThat(bench.row(EU, "c1").attempts()).isEqualTo(1);
        assertThat(bench.told).contains("waiting eu 30000").doesNotContain("outage eu");

        bench.threads.advance(Duration.ofSeconds(20));
        assertThat(bench.sent()).hasSize(6);
        assertThat(bench.told).containsOnlyOnce("outage eu");
    }

    @Test
    void aSendWhoseRepetitionTheBreakerTurnedAwayHasFailed() {
        bench.yotpo.answer(send -> new Outcome.Outage(FakeYotpo.DOWN));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofMillis(900));

        assertThat(bench.sent()).as("the breaker opened").hasSize(StoreBreaker.FAILURES_TO_OPEN);
        assertThat(List.of("c1", "c2", "c3")).allSatisfy(id -> {
            assertThat(bench.row(EU, id).attempts()).isEqualTo(1);
            assertThat(bench.row(EU, id).failure()).isEqualTo(FakeYotpo.DOWN);
        });
    }
}
