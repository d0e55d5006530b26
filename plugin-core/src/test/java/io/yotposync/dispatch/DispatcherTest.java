package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static io.yotposync.dispatch.FakeYotpo.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DispatcherTest {

    private final Bench bench = new Bench();

    private void fiveCustomers() {
        for (int i = 1; i <= 5; i++) {
            bench.save(EU, "c" + i, "a");
        }
    }

    @Test
    void deliversWhatIsSaved() {
        bench.yotpo.accept();
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();

        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.told).containsExactly("delivered eu/c1");
        assertThat(bench.sent()).containsExactly("c1=a");
    }

    @Test
    void deliversWhatWasThereBeforeItStarted() {
        bench.yotpo.accept();
        fiveCustomers();
        bench.start();

        assertThat(bench.sent()).hasSize(5);
    }

    @Test
    void sendsNoMoreThanMaxInFlightAtOnce() {
        fiveCustomers();
        bench.start();
        assertThat(bench.yotpo.underWay()).hasSize(3);

        bench.yotpo.sends.get(1).outcome().complete(new Accepted(200));
        bench.threads.settle();
        assertThat(bench.yotpo.underWay()).hasSize(3);
        assertThat(bench.sent()).containsExactly("c1=a", "c2=a", "c3=a", "c4=a");
    }

    @Test
    void aPlaceIsFilledAtOnceEvenIfASendFailed() {
        fiveCustomers();
        bench.start();
        bench.save(US, "x", "a"); // a round in which there is no place
        bench.threads.settle();
        bench.yotpo.sends.get(0).outcome().complete(slowDownNot());
        bench.threads.advance(Duration.ofMillis(500));

        assertThat(bench.sent()).contains("c4=a");
    }

    private static Outcome slowDownNot() {
        return new Outcome.Refused(FakeYotpo.WRONG, null);
    }

    @Test
    void oneCustomerIsNeverSentTwiceAtOnce() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.save(EU, "c1", "b");
        bench.threads.advance(Duration.ofSeconds(30));
        assertThat(bench.sent()).containsExactly("c1=a");

        bench.yotpo.accept();
        bench.yotpo.sends.get(0).outcome().complete(new Accepted(200));
        bench.threads.settle();
        assertThat(bench.sent()).containsExactly("c1=a", "c1=b");
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void whoeverStandsBesideSendsHearsOfEachBeginAndHowItEnds() {
        bench.yotpo.answer(send -> new Outcome.Refused(FakeYotpo.WRONG, null));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.yotpo.hold();
        bench.save(EU, "c2", "a");
        bench.threads.settle();
        bench.yotpo.underWay().get(0).outcome().cancel(true);
        bench.threads.settle();

        assertThat(bench.observed).containsExactly("begins eu/c1", "eu/c1 Refused", "begins eu/c2", "eu/c2 given up");
    }

    @Test
    void aStateThatWentThereAndBackDuringASendEndsAtTheFirst() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.threads.advance(Duration.ofMillis(5));
        bench.save(EU, "c1", "b");
        bench.threads.advance(Duration.ofMillis(5));
        bench.save(EU, "c1", "a");
        bench.yotpo.sends.get(0).outcome().complete(new Accepted(200));
        bench.threads.settle();

        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.sent()).containsExactly("c1=a");
    }

    @Test
    void aPausedStoreSendsNothingUntilItIsResumed() {
        bench.yotpo.accept();
        bench.states.update(EU, state -> state.pausedFor("maintenance"));
        bench.start();
        fiveCustomers();
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
        fiveCustomers();
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
    void manySlowDownsAtOnceAreOneWait() {
        fiveCustomers();
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
    void aTimeThatIsTooShortAgainAndAgainIsNotBelieved() {
        bench.yotpo.answer(send -> slowDown(Duration.ZERO));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofMinutes(5));

        assertThat(bench.sent().size()).isBetween(8, 18);
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
    void aCustomerOfWhomNothingWasKeptIsNotSentAsNothing() {
        bench.yotpo.accept();
        bench.start();
        bench.outbox.upsert(
                List.of(new io.yotposync.outbox.Desired(
                        Bench.key(EU, "c1"),
                        "",
                        io.yotposync.payload.Fingerprint.of("a"),
                        1,
                        io.yotposync.outbox.Origin.LIVE,
                        bench.now())),
                bench.now());
        bench.threads.advance(Duration.ofSeconds(2));

        assertThat(bench.sent()).isEmpty();
        assertThat(bench.outbox
                        .counts()
                        .getOrDefault(EU, io.yotposync.outbox.LedgerCounts.NONE)
                        .parked())
                .isOne();
    }

    @Test
    void whoMayHaveArrivedBeforeTheSecretWasRefusedIsNotTakenForOneWhoNeverDid() {
        bench.yotpo.answer(send -> bench.yotpo.sends.size() == 1
                ? new Outcome.Outage(FakeYotpo.DOWN)
                : new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(5));

        assertThat(bench.outbox.marks(List.of(Bench.key(EU, "c1"))).values())
                .singleElement()
                .satisfies(mark -> assertThat(mark.mayBeAtYotpo()).isTrue());
        assertThat(bench.states.get(EU).held()).isNotNull();
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

    @Test
    void aClockPutBackOrOnDoesNotStopIt() {
        bench.yotpo.accept();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(5));
        bench.threads.jump(Duration.ofHours(-2));
        bench.outbox.upsert(
                List.of(new io.yotposync.outbox.Desired(
                        Bench.key(EU, "c1"),
                        "c1=a",
                        io.yotposync.payload.Fingerprint.of("a"),
                        1,
                        io.yotposync.outbox.Origin.SCAN,
                        bench.now())),
                bench.now()); // another node's, found by polling alone
        bench.threads.advance(Duration.ofSeconds(2));
        assertThat(bench.sent()).containsExactly("c1=a");

        bench.threads.jump(Duration.ofHours(5));
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofSeconds(2));
        assertThat(bench.sent()).containsExactly("c1=a", "c2=a");
    }

    @Test
    void wrongCredentialsHoldTheStoreAndBurnNothing() {
        bench.yotpo.answer(send -> send.store().equals(EU) ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : null);
        fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(29));

        assertThat(bench.sent()).hasSize(3);
        assertThat(bench.told).containsExactly("held eu");
        assertThat(bench.states.get(EU).held()).isEqualTo("rejected");
        LedgerRow row = bench.row(EU, "c1");
        assertThat(row.status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(row.attempts()).isZero();
    }

    @Test
    void aHeldStoreIsTriedSlowlyWithOneCustomer() {
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofHours(2));

        assertThat(bench.sent().size()).isBetween(3 + 8, 3 + 24);
        assertThat(bench.told).containsExactly("held eu");
    }

    @Test
    void aCustomerWhoAloneIsRejectedDoesNotHoldTheStoreForEver() {
        bench.yotpo.answer(send -> send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : null);
        fiveCustomers();
        bench.start();
        bench.yotpo.answer(send ->
                send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        bench.yotpo.underWay().forEach(send -> send.outcome().complete(new Accepted(200)));
        bench.threads.advance(Duration.ofSeconds(1));

        for (int i = 2; i <= 5; i++) {
            assertThat(bench.row(EU, "c" + i).status()).isEqualTo(LedgerStatus.IN_SYNC);
        }
        bench.threads.advance(Duration.ofMinutes(5));
        bench.save(EU, "c6", "a");
        bench.threads.advance(Duration.ofMinutes(5));
        assertThat(bench.row(EU, "c6").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(bench.states.get(EU).held()).isNull();
    }

    @Test
    void theFirstToBeRejectedIsNotTheFirstToTryTheStoreWith() {
        bench.yotpo.answer(send ->
                send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        bench.save(EU, "c1", "a");
        bench.start();
        assertThat(bench.states.get(EU).held()).isNotNull();
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofMinutes(5));

        assertThat(bench.row(EU, "c2").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(bench.row(EU, "c1").failure()).isNotNull();
        assertThat(bench.told).startsWith("held eu").contains("released eu");
    }

    @Test
    void aHeldStoreThatWorksAgainIsReleased() {
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        fiveCustomers();
        bench.start();
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofSeconds(62));

        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.told).contains("released eu");
        assertThat(bench.row(EU, "c5").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void aNewSecretReleasesAHeldStoreAtOnceAndNothingIsLost() {
        bench.yotpo.answer(send ->
                send.with().secret().equals("new") ? new Accepted(200) : new Outcome.Unauthorized(FakeYotpo.REJECTED));
        fiveCustomers();
        bench.start();
        assertThat(bench.states.get(EU).held()).isNotNull();

        bench.credentials.replace(EU, new Credentials("app-eu", "new"));
        bench.threads.advance(Duration.ofSeconds(1));
        assertThat(bench.states.get(EU).held()).isNull();
        for (int i = 1; i <= 5; i++) {
            assertThat(bench.row(EU, "c" + i).status()).isEqualTo(LedgerStatus.IN_SYNC);
        }
    }

    @Test
    void theLastWordOfAnOldSecretDoesNotHoldTheNewOne() {
        fiveCustomers();
        bench.start();
        List<FakeYotpo.Send> old = bench.yotpo.underWay();
        old.get(0).outcome().complete(new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.threads.settle();
        bench.credentials.replace(EU, new Credentials("app-eu", "new"));
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofSeconds(1));
        old.get(1).outcome().complete(new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.threads.settle();

        assertThat(bench.states.get(EU).held()).isNull();
    }

    @Test
    void aSecretThatIsPutBackAndRejectedHoldsTheStoreAgain() {
        Credentials other = new Credentials("app-eu", "other");
        bench.yotpo.answer(
                send -> send.with().equals(other) ? new Accepted(200) : new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.save(EU, "c1", "a");
        bench.start();
        bench.credentials.replace(EU, other);
        bench.threads.advance(Duration.ofSeconds(1));
        bench.credentials.replace(EU, Bench.EU_SECRET);
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofSeconds(10));

        assertThat(bench.states.get(EU).held()).isNotNull();
        assertThat(bench.sent()).containsExactly("c1=a", "c1=a", "c2=a");
    }

    @Test
    void aNodeWithANewerSecretNeedNotWaitForTheOldOnesTime() {
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(2));
        Dispatcher other = bench.node("two");
        bench.yotpo.accept();
        other.start();
        bench.threads.advance(Duration.ofSeconds(2));

        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.row(EU, "c5").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void aRefusalIsParkedWithItsReasonAndSentAgainWhenTheCustomerChanges() {
        bench.yotpo.answer(send -> new Outcome.Refused(FakeYotpo.WRONG, "gender"));
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofHours(3));
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(bench.row(EU, "c1").failure()).isEqualTo(FakeYotpo.WRONG);
        assertThat(bench.sent()).hasSize(1);

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
    void aSendThatHangsIsGivenUpBeforeItsLeaseEnds() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.advance(Duration.ofSeconds(41));

        assertThat(bench.yotpo.sends.get(0).outcome()).isCancelled();
        assertThat(bench.row(EU, "c1").attempts()).isEqualTo(1);
        assertThat(bench.row(EU, "c1").failure()).isNotNull();
    }

    @Test
    void fiveOutagesInARowOpenTheBreakerAndTheOtherStoreGoesOn() {
        bench.yotpo.answer(send -> send.store().equals(EU) ? new Outcome.Outage(FakeYotpo.DOWN) : new Accepted(200));
        fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofMillis(900));
        bench.save(US, "x", "a");
        bench.threads.advance(Duration.ofSeconds(60));

        assertThat(bench.yotpo.sends.stream().filter(send -> send.store().equals(EU)))
                .hasSizeBetween(StoreBreaker.FAILURES_TO_OPEN, StoreBreaker.FAILURES_TO_OPEN + 3);
        assertThat(bench.told).containsOnlyOnce("outage eu").contains("delivered us/x");
        assertThat(bench.dispatcher.status())
                .filteredOn(status -> status.store().equals(EU))
                .extracting(LaneStatus::breaker)
                .containsExactly(LaneStatus.Breaker.OPEN);
    }

    @Test
    void aSendWhoseRepetitionTheBreakerTurnedAwayHasFailed() {
        bench.yotpo.answer(send -> new Outcome.Outage(FakeYotpo.DOWN));
        fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofMillis(900));

        assertThat(bench.sent()).as("the breaker opened").hasSize(StoreBreaker.FAILURES_TO_OPEN);
        assertThat(List.of("c1", "c2", "c3")).allSatisfy(id -> {
            assertThat(bench.row(EU, id).attempts()).isEqualTo(1);
            assertThat(bench.row(EU, id).failure()).isEqualTo(FakeYotpo.DOWN);
        });
    }

    @Test
    void aGuestIsNotWrittenOverTheRegisteredCustomerThatYotpoWouldTakeItFor() {
        bench.yotpo.accept();
        bench.save(EU, "guest", "a", new Contact(Fingerprint.of("one@example.com"), true));
        bench.save(EU, "registered", "b", new Contact(Fingerprint.of("one@example.com"), false));
        bench.start();

        assertThat(bench.sent()).containsExactly("registered=b");
        assertThat(bench.told).containsExactlyInAnyOrder("parked eu/guest", "delivered eu/registered");
        assertThat(bench.row(EU, "guest").status()).isEqualTo(LedgerStatus.PARKED);
        assertThat(bench.row(EU, "guest").failure())
                .extracting(Failure::kind, Failure::status)
                .containsExactly(FailureClass.CONFLICT, 0);
    }

    private static final Contact ONE_GUEST = new Contact(Fingerprint.of("one@example.com"), true);

    @Test
    void ofTwoGuestsOfOneAddressTheOneWhoWasSavedLastIsWhatYotpoEndsWith() {
        bench.yotpo.answer(send ->
                send.body().startsWith("first") ? new Outcome.Outage(FakeYotpo.DOWN) : new Outcome.Accepted(200));
        bench.start();
        bench.save(EU, "first", "a", ONE_GUEST);
        bench.threads.advance(Duration.ofSeconds(2));
        bench.save(EU, "second", "b", ONE_GUEST);
        bench.threads.settle();
        assertThat(bench.row(EU, "first").status()).isEqualTo(LedgerStatus.PENDING);

        bench.yotpo.accept();
        bench.threads.advance(Duration.ofMinutes(30));

        assertThat(bench.sent()).containsExactly("first=a", "first=a", "second=b");
        assertThat(bench.told).containsExactly("retrying eu/first", "delivered eu/second", "superseded eu/first");
        assertThat(bench.row(EU, "first").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.row(EU, "first").note()).contains("changed later");
    }

    @Test
    void guestsOfOneAddressKeepNobodyFromTheirTurn() {
        bench.yotpo.accept();
        for (int i = 10; i < 90; i++) {
            bench.save(EU, "guest-" + i, "a" + i, ONE_GUEST);
            bench.threads.jump(Duration.ofMillis(1));
        }
        bench.save(EU, "registered", "b");
        bench.start();
        bench.threads.advance(Duration.ofSeconds(3));

        assertThat(bench.sent()).containsExactlyInAnyOrder("guest-89=a89", "registered=b");
        assertThat(bench.row(EU, "guest-10").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    private void oneGuestIsUnderWayAndAnotherSaved() {
        bench.yotpo.hold();
        bench.start();
        bench.save(EU, "first", "a", ONE_GUEST);
        bench.threads.advance(Duration.ofMillis(10));
        bench.save(EU, "second", "b", ONE_GUEST);
    }

    @Test
    void aGuestIsNotSentWhileAnotherOfTheSameAddressIs() {
        oneGuestIsUnderWayAndAnotherSaved();
        bench.threads.advance(Duration.ofSeconds(3));
        assertThat(bench.sent()).containsExactly("first=a");

        bench.yotpo.accept();
        bench.yotpo.sends.get(0).outcome().complete(new Accepted(200));
        bench.threads.advance(Duration.ofSeconds(3));

        assertThat(bench.sent()).containsExactly("first=a", "second=b");
        assertThat(bench.told).containsExactly("delivered eu/first", "delivered eu/second");
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

    @Test
    void showsHowItGetsOn() {
        fiveCustomers();
        bench.start();
        LaneStatus eu = bench.dispatcher.status().stream()
                .filter(status -> status.store().equals(EU))
                .findFirst()
                .orElseThrow();

        assertThat(eu).isEqualTo(new LaneStatus(EU, true, LaneStatus.Breaker.CLOSED, 3, 0, 0, null, null));
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

        assertThat(bench.dispatcher.status()).filteredOn(LaneStatus::draining).hasSize(1);
        assertThat(other.status()).noneMatch(LaneStatus::draining);
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

    // --- storage that fails ---

    /** An outbox whose named method fails while the switch is on. */
    private static UnaryOperator<Outbox> failing(String method, boolean[] on) {
        Runnable fault = () -> {
            if (on[0]) {
                throw new IllegalStateException("the database is gone");
            }
        };
        return real -> before(method, fault, real);
    }

    private static Outbox before(String method, Runnable work, Outbox real) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                    if (called.getName().equals(method)) {
                        work.run();
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }

    @Test
    void answersAreKeptWhileTheOutboxFails() {
        boolean[] on = {false};
        Bench failing = new Bench(failing("complete", on), StoreStates.inMemory());
        failing.yotpo.accept();
        failing.start();
        on[0] = true;
        failing.save(EU, "c1", "a");
        failing.threads.advance(Duration.ofSeconds(20));
        assertThat(failing.row(EU, "c1").status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(failing.told).isEmpty();

        on[0] = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(failing.sent()).hasSize(1);
    }

    @Test
    void claimsThatFailAreTriedAgain() {
        boolean[] on = {true};
        Bench failing = new Bench(failing("claim", on), StoreStates.inMemory());
        failing.yotpo.accept();
        failing.save(EU, "c1", "a");
        failing.start();
        failing.threads.advance(Duration.ofSeconds(3));
        assertThat(failing.sent()).isEmpty();

        on[0] = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.sent()).hasSize(1);
    }

    /** States whose changes fail for one store while the switch is on. */
    private static final class FailingStates implements StoreStates {

        private final StoreStates real = StoreStates.inMemory();
        private boolean on;

        @Override
        public StoreState get(StoreKey store) {
            return real.get(store);
        }

        @Override
        public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
            if (on && store.equals(EU)) {
                throw new IllegalStateException("the database is gone");
            }
            return real.update(store, change);
        }

        @Override
        public void refresh() {
            real.refresh();
        }
    }

    @Test
    void aStoreWhoseStateCannotBeWrittenSendsNothingAndDelaysNobody() {
        FailingStates states = new FailingStates();
        Bench failing = new Bench(outbox -> outbox, states);
        failing.yotpo.answer(
                send -> send.store().equals(EU) ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        failing.start();
        states.on = true;
        failing.save(EU, "c1", "a");
        failing.threads.advance(Duration.ofSeconds(10));
        failing.save(US, "x", "a");
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.sent()).containsExactly("c1=a", "x=a");
        assertThat(failing.told).containsExactly("delivered us/x");

        states.on = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.states.get(EU).held()).isNotNull();
        assertThat(failing.told).containsExactly("delivered us/x", "held eu");
    }

    // --- the end ---

    @Test
    void aStopInMemoryDrainsWhatIsPendingAndLeavesTheLanes() {
        List<String> released = new ArrayList<>();
        Bench stopping = new Bench(
                real -> (Outbox) Proxy.newProxyInstance(
                        Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                            if (called.getName().equals("release")) {
                                released.add(args[0].toString());
                            }
                            return called.invoke(real, args);
                        }),
                StoreStates.inMemory());
        stopping.yotpo.accept();
        stopping.start();
        for (int i = 0; i < 20; i++) {
            stopping.save(EU, "c" + i, "a");
        }
        stopDirectly(stopping);

        assertThat(stopping.sent()).hasSize(20);
        assertThat(released).hasSize(2);
    }

    /** The manual threads are not safe for two; what the stop plans is run before it waits. */
    private static void stopDirectly(Bench bench) {
        bench.dispatcher.beginStop(Duration.ofSeconds(10));
        bench.threads.settle();
        bench.dispatcher.stop(Duration.ofMillis(50));
    }

    @Test
    void aStopOfADurableOutboxWaitsOnlyForWhatIsUnderWay() {
        Bench durable = new Bench(
                real -> (Outbox) Proxy.newProxyInstance(
                        Outbox.class.getClassLoader(),
                        new Class<?>[] {Outbox.class},
                        (proxy, called, args) ->
                                called.getName().equals("durable") ? (Object) true : called.invoke(real, args)),
                StoreStates.inMemory());
        durable.start();
        for (int i = 0; i < 20; i++) {
            durable.save(EU, "c" + i, "a");
        }
        durable.threads.settle();
        durable.dispatcher.beginStop(Duration.ofSeconds(10));
        durable.threads.settle();
        durable.yotpo.underWay().forEach(send -> send.outcome().complete(new Accepted(200)));
        durable.threads.settle();

        assertThat(durable.dispatcher.isDrained()).isTrue();
        assertThat(durable.sent()).hasSize(3);
        Collection<Claim> next = durable.outbox.claim(
                durable.outbox
                        .lease(EU, "two", Duration.ofMinutes(1), durable.now())
                        .orElseThrow(),
                100,
                durable.now());
        assertThat(next).hasSize(17);
    }

    @Test
    void aStopInMemoryWaitsWithAStoreThatHasToWait() {
        bench.yotpo.answer(send -> new Outcome.SlowDown(FakeYotpo.REJECTED, Duration.ofSeconds(2)));
        for (int i = 1; i <= 5; i++) {
            bench.save(EU, "c" + i, "a");
        }
        bench.start();
        bench.dispatcher.beginStop(Duration.ofSeconds(10));
        bench.threads.settle();
        assertThat(bench.dispatcher.isDrained()).isFalse();

        bench.yotpo.accept();
        bench.threads.advance(Duration.ofSeconds(4));
        assertThat(bench.dispatcher.isDrained()).isTrue();
        for (int i = 1; i <= 5; i++) {
            assertThat(bench.row(EU, "c" + i).status()).isEqualTo(LedgerStatus.IN_SYNC);
        }
    }

    @Test
    void aStopInMemorySendsTheGuestWhoWaitsForAnotherToo() {
        oneGuestIsUnderWayAndAnotherSaved();
        bench.dispatcher.beginStop(Duration.ofSeconds(10));
        bench.threads.advance(Duration.ofSeconds(1));
        assertThat(bench.sent()).containsExactly("first=a");

        bench.yotpo.accept();
        bench.yotpo.underWay().forEach(send -> send.outcome().complete(new Accepted(200)));
        bench.threads.advance(Duration.ofSeconds(2));

        assertThat(bench.sent()).containsExactly("first=a", "second=b");
        assertThat(bench.dispatcher.isDrained()).isTrue();
    }

    @Test
    void aStopDoesNotWaitForAStoreThatHasToWaitForLonger() {
        bench.yotpo.answer(send -> new Outcome.SlowDown(FakeYotpo.REJECTED, Duration.ofHours(1)));
        fiveCustomers();
        bench.start();
        bench.dispatcher.beginStop(Duration.ofSeconds(10));
        bench.threads.settle();

        assertThat(bench.dispatcher.isDrained()).isTrue();
    }

    @Test
    void whatWasStoppedCanBeStartedAgain() {
        bench.yotpo.accept();
        bench.start();
        stopDirectly(bench);
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        assertThat(bench.sent()).isEmpty();

        bench.start();
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void aStopThatMayNotWaitWarnsOnlyOfRequestsThatAreUnderWay() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
        logger.addAppender(log);
        try {
            bench.start();
            bench.threads.settle();
            bench.dispatcher.stop(Duration.ZERO);
            assertThat(log.list).isEmpty();

            bench.start();
            bench.save(EU, "c1", "a");
            bench.threads.settle();
            bench.dispatcher.stop(Duration.ZERO);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("Yotpo sync: stopped before all requests under way were answered");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void aStopDoesNotWaitForEver() {
        bench.start();
        bench.save(EU, "c1", "a");
        bench.threads.settle();
        bench.dispatcher.stop(Duration.ofMillis(50));

        assertThat(bench.dispatcher.isDrained()).isFalse();
        assertThat(bench.outbox.complete(Set.<Completion>of(), bench.now())).isEmpty();
    }
}
