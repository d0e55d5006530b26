package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Customers who share a contact, of whom Yotpo makes one. */
class RivalsTest {

    private static final Contact ONE_GUEST = new Contact(Fingerprint.of("one@example.com"), true);

    private final Bench bench = new Bench();

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

    @Test
    void inPlaceOfWhoWaitsForAnotherNoMoreAreSentThanMayBeUnderWay() {
        bench.yotpo.hold();
        bench.save(EU, "first", "a", ONE_GUEST);
        bench.threads.jump(Duration.ofMillis(1));
        bench.save(EU, "second", "b", ONE_GUEST);
        bench.threads.jump(Duration.ofMillis(1));
        bench.fiveCustomers();
        bench.start();

        assertThat(bench.sent()).containsExactly("second=b", "c1=a", "c2=a");
    }

    /** As where a shop gives all who order by telephone its own address. */
    @Test
    void guestsOfOneAddressWhoTakeLongToTellApartKeepNoOtherStoreFromItsTurn() {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger looksBefore = new AtomicInteger();
        ManualThreads[] threads = new ManualThreads[1];
        Runnable slowly = () -> {
            looks.incrementAndGet();
            threads[0].jump(Duration.ofMillis(150));
        };
        Bench slow = new Bench(outbox -> OutboxHook.before("claim", slowly, outbox), StoreStates.inMemory());
        threads[0] = slow.threads;
        slow.yotpo.answer(send -> {
            looksBefore.compareAndSet(0, send.store().equals(US) ? looks.get() : 0);
            return new Accepted(200);
        });
        for (int i = 10; i < 90; i++) {
            slow.save(EU, "guest-" + i, "a" + i, ONE_GUEST);
            slow.threads.jump(Duration.ofMillis(1));
        }
        slow.save(US, "registered", "b");
        slow.start();
        slow.threads.advance(Duration.ofSeconds(5));

        assertThat(looksBefore).hasValue(3);
        assertThat(slow.sent()).containsExactly("registered=b", "guest-89=a89");
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

    private void oneGuestIsUnderWayAndAnotherSaved() {
        bench.yotpo.hold();
        bench.start();
        bench.save(EU, "first", "a", ONE_GUEST);
        bench.threads.advance(Duration.ofMillis(10));
        bench.save(EU, "second", "b", ONE_GUEST);
    }
}
