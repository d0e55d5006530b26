package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is saved is sent: the latest of it, one request a customer, and never too many at once. */
class DispatcherTest {

    private final Bench bench = new Bench();

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
        bench.fiveCustomers();
        bench.start();

        assertThat(bench.sent()).hasSize(5);
    }

    @Test
    void aLaneThatWaitedLongForItsLeaseSendsAllTheSame() {
        ManualThreads[] threads = new ManualThreads[1];
        Bench slow = new Bench(
                outbox -> OutboxHook.before("lease", () -> threads[0].jump(Duration.ofSeconds(1)), outbox),
                StoreStates.inMemory());
        threads[0] = slow.threads;
        slow.yotpo.accept();
        slow.save(EU, "c1", "a");
        slow.start();

        assertThat(slow.sent()).containsExactly("c1=a");
    }

    @Test
    void sendsNoMoreThanMaxInFlightAtOnce() {
        bench.fiveCustomers();
        bench.start();
        assertThat(bench.yotpo.underWay()).hasSize(3);

        bench.yotpo.sends.get(1).outcome().complete(new Accepted(200));
        bench.threads.settle();
        assertThat(bench.yotpo.underWay()).hasSize(3);
        assertThat(bench.sent()).containsExactly("c1=a", "c2=a", "c3=a", "c4=a");
    }

    @Test
    void sendsNoMoreAtOnceThanCanPassAtThePermittedRateBeforeTheLeaseEnds() {
        SendingSettings d = SendingSettings.DEFAULTS;
        Bench slow = new Bench(new SendingSettings(
                d.baseUrl(),
                1,
                5,
                d.connectTimeout(),
                Duration.ofSeconds(2),
                d.settle(),
                d.retryDelay(),
                d.maxRetryDelay(),
                Duration.ofSeconds(12)));
        slow.fiveCustomers();
        slow.start();

        assertThat(slow.yotpo.underWay()).hasSize(3);
    }

    @Test
    void whatAnotherNodeSaidOfAStoreIsSeenWithThePoll() {
        StoreStates ofAll = StoreStates.inMemory();
        Map<StoreKey, StoreState> seen = new HashMap<>();
        Bench node = new Bench(outbox -> outbox, new StoreStates() {

            @Override
            public StoreState get(StoreKey store) {
                return seen.getOrDefault(store, StoreState.asConfigured(store));
            }

            @Override
            public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
                return ofAll.update(store, change);
            }

            @Override
            public void refresh() {
                seen.put(EU, ofAll.get(EU));
            }
        });
        node.yotpo.accept();
        node.start();
        ofAll.update(EU, state -> state.pausedFor("maintenance"));
        node.threads.advance(Duration.ofSeconds(2));
        node.save(EU, "c1", "a");
        node.threads.settle();

        assertThat(node.sent()).isEmpty();
    }

    @Test
    void whatIsWrittenIsSentAtItsTimeAndWhatIsGivenUpIsTold() {
        List<CustomerKey> dropped = new ArrayList<>();
        HandOverListener listener = bench.dispatcher.handOverListener(
                new SyncListener() {
                    @Override
                    public void dropped(CustomerKey customer) {
                        dropped.add(customer);
                    }
                },
                List.of());
        HandOver handOver = HandOver.direct(bench.outbox, bench.threads.clock, listener);
        bench.yotpo.accept();
        bench.start();
        handOver.offer(new Desired(
                Bench.key(EU, "c1"),
                "c1=a",
                Fingerprint.of("a"),
                1,
                Origin.LIVE,
                bench.now().plusMillis(250)));
        bench.threads.advance(Duration.ofMillis(249));
        assertThat(bench.sent()).isEmpty();
        bench.threads.advance(Duration.ofMillis(1));
        assertThat(bench.sent()).containsExactly("c1=a");
        listener.givenUp(Bench.key(EU, "c2"));
        assertThat(dropped).containsExactly(Bench.key(EU, "c2"));
    }

    @Test
    void whoIsSavedWhileAnotherSettlesDoesNotWaitForTheNextPoll() {
        bench.yotpo.accept();
        bench.start();
        bench.threads.advance(Duration.ofMillis(1_100));
        for (String id : List.of("c1", "c2", "c3")) {
            Instant due = bench.now().plusMillis(250);
            bench.outbox.upsert(
                    List.of(new Desired(Bench.key(EU, id), id + "=a", Fingerprint.of("a"), 1, Origin.LIVE, due)),
                    bench.now());
            bench.dispatcher.wake(EU, due);
            bench.threads.advance(Duration.ofMillis(100));
        }
        bench.threads.advance(Duration.ofMillis(150));

        assertThat(bench.sent()).containsExactly("c1=a", "c2=a", "c3=a");
    }

    @Test
    void whatIsDueWithinAMillisecondDoesNotWaitForTheNextPoll() {
        bench.yotpo.accept();
        bench.start();
        bench.threads.advance(Duration.ofNanos(300_950_000));
        Instant due = bench.now().plusMillis(250);
        bench.outbox.upsert(
                List.of(new Desired(Bench.key(EU, "c1"), "c1=a", Fingerprint.of("a"), 1, Origin.LIVE, due)),
                bench.now());
        bench.threads.advance(Duration.ofNanos(100_000));
        bench.dispatcher.wake(EU, due);
        bench.threads.advance(Duration.ofMillis(251));

        assertThat(bench.sent()).containsExactly("c1=a");
    }

    @Test
    void aPlaceIsFilledAtOnceEvenIfASendFailed() {
        bench.fiveCustomers();
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
    void aCustomerOfWhomNothingWasKeptIsNotSentAsNothing() {
        bench.yotpo.accept();
        bench.start();
        bench.outbox.upsert(
                List.of(new Desired(Bench.key(EU, "c1"), "", Fingerprint.of("a"), 1, Origin.LIVE, bench.now())),
                bench.now());
        bench.threads.advance(Duration.ofSeconds(2));

        assertThat(bench.sent()).isEmpty();
        assertThat(bench.outbox.counts().getOrDefault(EU, LedgerCounts.NONE).parked())
                .isOne();
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
    void aDeliveryDuringWhichTheClockIsPutBackTookNoTimeRatherThanLess() {
        bench.save(EU, "c1", "a");
        bench.start();
        bench.threads.jump(Duration.ofMinutes(-10));
        bench.yotpo.underWay().get(0).outcome().complete(new Accepted(200));
        bench.threads.settle();

        assertThat(bench.took).containsExactly(Duration.ZERO);
    }

    @Test
    void aClockPutBackOrOnDoesNotStopIt() {
        bench.yotpo.accept();
        bench.start();
        bench.threads.advance(Duration.ofSeconds(5));
        bench.threads.jump(Duration.ofHours(-2));
        bench.outbox.upsert(
                List.of(new Desired(Bench.key(EU, "c1"), "c1=a", Fingerprint.of("a"), 1, Origin.SCAN, bench.now())),
                bench.now()); // another node's, found by polling alone
        bench.threads.advance(Duration.ofSeconds(2));
        assertThat(bench.sent()).containsExactly("c1=a");

        bench.threads.jump(Duration.ofHours(5));
        bench.save(EU, "c2", "a");
        bench.threads.advance(Duration.ofSeconds(2));
        assertThat(bench.sent()).containsExactly("c1=a", "c2=a");
    }

    @Test
    void aClockPutBackWhileARoundIsAtWorkDoesNotStopItEither() {
        AtomicReference<Runnable> inTheNextRound = new AtomicReference<>(() -> {});
        Bench node = new Bench(
                outbox -> OutboxHook.before(
                        "dueStores", () -> inTheNextRound.getAndSet(() -> {}).run(), outbox),
                StoreStates.inMemory());
        node.yotpo.accept();
        node.start();
        inTheNextRound.set(() -> node.threads.jump(Duration.ofHours(-2)));
        node.threads.advance(Duration.ofSeconds(2));
        node.outbox.upsert(
                List.of(new Desired(Bench.key(EU, "c1"), "c1=a", Fingerprint.of("a"), 1, Origin.SCAN, node.now())),
                node.now()); // another node's, found by polling alone
        node.threads.advance(Duration.ofSeconds(2));

        assertThat(node.sent()).containsExactly("c1=a");
    }

    @Test
    void showsHowItGetsOn() {
        bench.fiveCustomers();
        bench.start();

        assertThat(bench.dispatcher.status(EU))
                .isEqualTo(new LaneStatus(LaneStatus.Breaker.CLOSED, 3, 0, 0, 0, null, null));
        Instant until = bench.now().plusSeconds(60);
        bench.states.update(EU, state -> state.waitingUntil(until));
        assertThat(Objects.requireNonNull(bench.dispatcher.status(EU)).waitUntil())
                .isEqualTo(until);
    }
}
