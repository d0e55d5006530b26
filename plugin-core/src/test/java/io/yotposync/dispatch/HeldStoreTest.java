package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store whose credentials Yotpo rejects is held, tried slowly, and released by whoever gets through. */
class HeldStoreTest {

    private final Bench bench = new Bench();

    @Test
    void wrongCredentialsHoldTheStoreAndBurnNothing() {
        bench.yotpo.answer(send -> send.store().equals(EU) ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : null);
        bench.fiveCustomers();
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
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofHours(2));

        assertThat(bench.sent().size()).isBetween(3 + 8, 3 + 24);
        assertThat(bench.told).containsExactly("held eu");
    }

    @Test
    void aCustomerWhoAloneIsRejectedDoesNotHoldTheStoreForEver() {
        bench.yotpo.answer(send -> send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : null);
        bench.fiveCustomers();
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
        assertThat(bench.told).contains("parked eu/c1");
    }

    /** Where tokens die one after the other, as in a storm of 401s. */
    @Test
    void aCustomerWhoIsRejectedNowAndAgainIsNotGivenUp() {
        bench.yotpo.answer(send -> send.body().startsWith("c1=") && timesSent("c1=a") < 5
                ? new Outcome.Unauthorized(FakeYotpo.REJECTED)
                : new Accepted(200));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofMinutes(1));

        assertThat(timesSent("c1=a")).isEqualTo(5);
        assertThat(bench.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.told).doesNotContain("parked eu/c1");
    }

    @Test
    void theOthersDoNotWaitForACustomerWhoAloneIsRejected() {
        bench.yotpo.answer(send ->
                send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(1));
        bench.told.clear();

        bench.threads.advance(Duration.ofMinutes(1));
        assertThat(timesSent("c1=a")).isEqualTo(5);
        assertThat(bench.told)
                .doesNotContain("held eu")
                .contains("retrying eu/c1")
                .endsWith("parked eu/c1");
    }

    @Test
    void aHeldStoreIsTriedAsSlowlyWhenTheClockWasPutBack() {
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.save(EU, "c1", "a");
        bench.start();
        bench.threads.jump(Duration.ofHours(-2));
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofHours(1));

        assertThat(bench.sent().size()).isBetween(1 + 3, 1 + 12);
        assertThat(bench.told).containsExactly("held eu");
    }

    @Test
    void whoWasTakenBeforeTheClockWasPutBackDoesNotTurnARejectedSecretIntoRejectedCustomers() {
        bench.yotpo.accept();
        bench.save(EU, "c1", "a");
        bench.start();
        bench.threads.jump(Duration.ofHours(-2));
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofHours(1));

        assertThat(bench.row(EU, "c2").status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(bench.states.get(EU).held()).isNotNull();
    }

    @Test
    void aCustomerWhoAloneIsRejectedIsFoundOutAfterTheClockWasPutBackToo() {
        bench.yotpo.answer(send ->
                send.body().startsWith("c1=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        bench.fiveCustomers();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(1));
        bench.threads.jump(Duration.ofHours(-2));
        bench.save(EU, "c6", "a");
        bench.save(EU, "c7", "a");
        bench.threads.advance(Duration.ofSeconds(1));
        bench.told.clear();
        bench.yotpo.answer(send ->
                send.body().startsWith("c8=") ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        bench.save(EU, "c8", "a");
        bench.save(EU, "c9", "a");
        bench.threads.advance(Duration.ofMinutes(5));

        assertThat(bench.told).contains("parked eu/c8");
    }

    private long timesSent(String body) {
        return bench.sent().stream().filter(body::equals).count();
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
        bench.fiveCustomers();
        bench.start();
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofSeconds(62));

        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.told).contains("released eu");
        assertThat(bench.row(EU, "c5").status()).isEqualTo(LedgerStatus.IN_SYNC);
    }

    @Test
    void aRefusalReleasesAHeldStoreForYotpoReadTheCustomer() {
        bench.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.fiveCustomers();
        bench.start();
        bench.yotpo.answer(send -> new Outcome.Refused(FakeYotpo.WRONG, null));
        bench.threads.advance(Duration.ofSeconds(62));

        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.told).startsWith("held eu", "released eu").contains("parked eu/c5");
    }

    @Test
    void whatIsNotSentForLackOfAnythingToSendReleasesNoStore() {
        bench.states.update(EU, state -> state.heldFor("rejected", bench.now()));
        bench.outbox.upsert(
                List.of(new Desired(Bench.key(EU, "c1"), "", Fingerprint.of("a"), 1, Origin.LIVE, bench.now())),
                bench.now());
        bench.start();

        assertThat(bench.states.get(EU).held()).isEqualTo("rejected");
        assertThat(bench.told).containsExactly("parked eu/c1");
    }

    @Test
    void aNewSecretReleasesAHeldStoreAtOnceAndNothingIsLost() {
        bench.yotpo.answer(send ->
                send.with().secret().equals("new") ? new Accepted(200) : new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.fiveCustomers();
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
        bench.fiveCustomers();
        bench.start();
        List<FakeYotpo.Send> old = bench.yotpo.underWay();
        old.get(0).outcome().complete(new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.threads.settle();
        bench.credentials.replace(EU, new Credentials("app-eu", "new"));
        bench.yotpo.accept();
        bench.threads.advance(Duration.ofSeconds(1));
        old.get(1).outcome().complete(new Outcome.Unauthorized(FakeYotpo.REJECTED));
        bench.threads.advance(Duration.ofSeconds(1));

        assertThat(bench.states.get(EU).held()).isNull();
        assertThat(bench.told).containsOnlyOnce("held eu");
        assertThat(bench.row(EU, "c2").status()).isEqualTo(LedgerStatus.IN_SYNC);
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
        bench.fiveCustomers();
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
    void aStoreWhoseCredentialsTheHostCannotSayWaitsAndNothingElseDoes() {
        bench.yotpo.accept();
        bench.credentials.lose(EU);
        try (CapturedLog log = new CapturedLog("io.yotposync", Level.INFO)) {
            bench.save(EU, "c1", "a");
            bench.save(Bench.US, "x", "a");
            bench.start();
            bench.threads.advance(Duration.ofSeconds(5));
            assertThat(bench.sent()).containsExactly("x=a");

            bench.credentials.replace(EU, Bench.EU_SECRET);
            bench.threads.advance(Duration.ofSeconds(1));
            assertThat(bench.sent()).containsExactly("x=a", "c1=a");
            assertThat(log.lines())
                    .containsExactly(
                            "Yotpo sync: the credentials of store eu cannot be looked up, its customers wait:"
                                    + " java.lang.IllegalStateException",
                            "Yotpo sync: the credentials of store eu can be looked up again");
        }
    }
}
