package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static io.yotposync.dispatch.FakeYotpo.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that sends nothing for a while: it is paused or disabled, or Yotpo asked it to slow down. */
class StoreWaitsTest {

    private final Bench bench = new Bench();

    @Test
    void aPausedStoreSendsNothingUntilItIsResumed() {
        bench.yotpo.accept();
        bench.states.update(EU, state -> state.pausedFor("maintenance"));
        bench.start();
        bench.fiveCustomers();
        bench.save(US, "x", "a");
        bench.threads.advance(Duration.ofSeconds(10));
        assertThat(bench.sent()).containsExactly("x=a");

        bench.states.update(EU, StoreState::resumed);
        bench.threads.advance(Duration.ofSeconds(1));
        assertThat(bench.sent()).hasSize(6);
    }

    @Test
    void aDisabledStoreSendsNothing() {
        bench.yotpo.accept();
        bench.states.update(EU, state -> state.withEnabled(false));
        bench.start();
        bench.fiveCustomers();
        bench.threads.advance(Duration.ofSeconds(10));
        assertThat(bench.sent()).isEmpty();

        bench.states.update(EU, state -> state.withEnabled(null));
        bench.threads.advance(Duration.ofSeconds(1));
        assertThat(bench.sent()).hasSize(5);
    }

    @Test
    void aSlowDownPausesTheStoreForAllNodesAndUsesUpNoAttempt() {
        bench.yotpo.answer(send -> slowDown(Duration.ofSeconds(20)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.yotpo.accept();
        bench.save(EU, "c2", "a");
        bench.save(US, "x", "a");
        bench.threads.advance(Duration.ofSeconds(19));

        assertThat(bench.sent()).containsExactly("c1=a", "x=a");
        assertThat(bench.row(EU, "c1").attempts()).isZero();
        assertThat(bench.states.get(EU).waitUntil()).isEqualTo(bench.now().plusSeconds(1));
        bench.threads.advance(Duration.ofSeconds(2));
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.row(EU, "c2").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.told).contains("waiting eu 20000");
    }

    @Test
    void aWaitThatEndsWithinAMillisecondIsNotALongerOne() {
        bench.yotpo.answer(send -> slowDown(Duration.ofNanos(20_000_950_000L)));
        bench.start();
        bench.threads.advance(Duration.ofMillis(300));
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofMillis(20_001));

        assertThat(bench.sent()).containsExactly("c1=a", "c1=a");
    }

    @Test
    void manySlowDownsAtOnceAreOneWait() {
        bench.fiveCustomers();
        bench.start();
        bench.yotpo.underWay().forEach(send -> send.outcome().complete(slowDown(null)));
        bench.threads.settle();

        assertThat(Duration.between(bench.now(), bench.states.get(EU).waitUntil()))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void waitsGrowWhereYotpoNamesNoTime() {
        bench.yotpo.answer(send -> slowDown(null));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofMinutes(5));

        assertThat(bench.sent().size()).isBetween(8, 16);
        assertThat(bench.row(EU, "c1").attempts()).isZero();
    }

    @Test
    void whatYotpoAsksForIsKeptToHoweverOftenItAsks() {
        bench.yotpo.answer(send -> slowDown(Duration.ofSeconds(1)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(10));
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofMillis(1100));

        assertThat(bench.sent().size()).isBetween(10, 12);
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void noStoreWaitsLongerThanFiveMinutesWhateverItsClientWasTold() {
        bench.yotpo.answer(send -> slowDown(Duration.ofDays(9)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.yotpo.accept();
        assertThat(bench.row(EU, "c1").nextAttemptAt()).isEqualTo(bench.now().plus(StoreState.LONGEST_WAIT));

        bench.threads.advance(StoreState.LONGEST_WAIT.plusSeconds(1));
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void aTimeThatIsTooShortAgainAndAgainIsNotBelieved() {
        bench.yotpo.answer(send -> slowDown(Duration.ZERO));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofMinutes(5));

        assertThat(bench.sent().size()).isBetween(8, 18);
    }

    @Test
    void waitsBeginAnewOnceACustomerWasTaken() {
        bench.yotpo.answer(send -> slowDown(null));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofMinutes(1));
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofMinutes(2));
        bench.yotpo.answer(send -> slowDown(null));
        bench.save(EU, "c2", "a");
        bench.threads.settle();

        Instant until = Objects.requireNonNull(bench.states.get(EU).waitUntil());
        assertThat(Duration.between(bench.now(), until)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aLongerWaitOfAnotherNodeStands() {
        bench.yotpo.answer(send -> slowDown(Duration.ofSeconds(1)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.states.update(EU, state -> state.waitingUntil(bench.now().plusSeconds(60)));
        bench.threads.advance(Duration.ofSeconds(59));

        assertThat(bench.sent()).hasSize(1);
    }

    /** The second is longer than Yotpo is believed, as from before the clock was put back. */
    @ParameterizedTest
    @CsvSource({"60, 60", "3600, 1"})
    void aWaitOfAnotherNodeThatThisOneHasNotSeenStandsWhereItIsLonger(long others, long stands) {
        StoreStates ofAll = StoreStates.inMemory();
        Bench unseeing = new Bench(outbox -> outbox, new StoreStates() {

            @Override
            public StoreState get(StoreKey store) {
                return StoreState.asConfigured(store);
            }

            @Override
            public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
                return ofAll.update(store, change);
            }

            @Override
            public void refresh() {}
        });
        Instant now = unseeing.now();
        ofAll.update(EU, state -> state.waitingUntil(now.plusSeconds(others)));
        unseeing.yotpo.answer(send -> slowDown(Duration.ofSeconds(1)));
        unseeing.save(EU, "c1", "a");
        unseeing.start();

        assertThat(ofAll.get(EU).waitUntil()).isEqualTo(now.plusSeconds(stands));
    }

    @Test
    void aWaitFromBeforeTheClockWasPutBackIsNotBelieved() {
        bench.yotpo.accept();
        bench.states.update(EU, state -> state.waitingUntil(bench.now().plusSeconds(3600)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(1));

        assertThat(bench.sent()).hasSize(1);
    }

    @Test
    void aWaitFromBeforeTheClockWasPutBackIsInTheWayOfNoNewOne() {
        bench.yotpo.answer(send -> slowDown(Duration.ofSeconds(20)));
        bench.states.update(EU, state -> state.waitingUntil(bench.now().plusSeconds(3600)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofSeconds(19));

        assertThat(bench.sent()).containsExactly("c1=a");
        assertThat(bench.states.get(EU).waitUntil()).isEqualTo(bench.now().plusSeconds(1));
    }

    @Test
    void whoMayHaveArrivedBeforeYotpoAskedToSlowDownIsNotTakenForOneWhoNeverDid() {
        bench.yotpo.answer(send ->
                bench.yotpo.sends.size() == 1 ? new Outcome.Outage(FakeYotpo.DOWN) : slowDown(Duration.ofSeconds(30)));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(5));

        assertThat(bench.sent()).hasSize(2);
        assertThat(bench.outbox.marks(List.of(Bench.key(EU, "c1"))).values())
                .singleElement()
                .satisfies(mark -> assertThat(mark.mayBeAtYotpo()).isTrue());
        assertThat(bench.states.get(EU).waitsUntil(bench.now())).isNotNull();
    }
}
