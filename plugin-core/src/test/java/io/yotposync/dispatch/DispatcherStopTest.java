package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CapturedLog;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The end: what is still sent, and what is not waited for. */
class DispatcherStopTest {

    private final Bench bench = new Bench();

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
    void aStopInMemoryDrainsAlsoWhereALeaseIsShorterThanStatesMaySettle() {
        Bench hasty = new Bench(leasedFor(Duration.ofSeconds(9)));
        hasty.yotpo.accept();
        hasty.start();
        hasty.outbox.upsert(
                List.of(new Desired(
                        Bench.key(EU, "c1"),
                        "c1=a",
                        Fingerprint.of("a"),
                        1,
                        Origin.LIVE,
                        hasty.now().plusMillis(500))),
                hasty.now());
        hasty.dispatcher.beginStop(Duration.ofSeconds(10));
        hasty.threads.settle();

        assertThat(hasty.sent()).containsExactly("c1=a");
        assertThat(hasty.dispatcher.isDrained()).isTrue();
    }

    @Test
    void aStopInMemorySendsNobodyASecondTimeWhoIsBeingSent() {
        Bench hasty = new Bench(leasedFor(Duration.ofSeconds(15)));
        hasty.start();
        hasty.save(EU, "c1", "a");
        hasty.threads.advance(Duration.ofSeconds(6));
        hasty.dispatcher.beginStop(Duration.ofSeconds(10));
        hasty.threads.advance(Duration.ofSeconds(3));

        assertThat(hasty.sent()).containsExactly("c1=a");
    }

    private static SendingSettings leasedFor(Duration lease) {
        SendingSettings d = SendingSettings.DEFAULTS;
        return new SendingSettings(
                d.baseUrl(),
                0,
                3,
                d.connectTimeout(),
                lease.dividedBy(3),
                d.settle(),
                d.retryDelay(),
                d.maxRetryDelay(),
                lease);
    }

    @Test
    void aStopInMemoryWaitsWithAStoreThatHasToWait() {
        bench.yotpo.answer(send -> new Outcome.SlowDown(FakeYotpo.REJECTED, Duration.ofSeconds(2)));
        bench.fiveCustomers();
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
    void aStopDoesNotWaitForAStoreThatHasToWaitForLonger() {
        bench.yotpo.answer(send -> new Outcome.SlowDown(FakeYotpo.REJECTED, Duration.ofHours(1)));
        bench.fiveCustomers();
        bench.start();
        bench.dispatcher.beginStop(Duration.ofSeconds(10));
        bench.threads.settle();

        assertThat(bench.dispatcher.isDrained()).isTrue();
    }

    @Test
    void aStopDoesNotWaitForAStoreThatMayNotSend() {
        List<UnaryOperator<StoreState>> reasons = List.of(
                state -> state.pausedFor("maintenance"),
                state -> state.withEnabled(false),
                state -> state.heldFor("rejected", bench.now().plusSeconds(1)));
        for (UnaryOperator<StoreState> reason : reasons) {
            Bench unsent = new Bench();
            unsent.yotpo.answer(send -> new Outcome.Unauthorized(FakeYotpo.REJECTED));
            unsent.start();
            unsent.states.update(EU, reason);
            unsent.dispatcher.beginStop(Duration.ofSeconds(10));
            unsent.outbox.upsert(
                    List.of(new Desired(
                            Bench.key(EU, "c1"), "c1=a", Fingerprint.of("a"), 1, Origin.LIVE, unsent.now())),
                    unsent.now());
            unsent.threads.settle();

            assertThat(unsent.dispatcher.isDrained()).isTrue();
        }
    }

    @Test
    void whoeverInterruptsAStopFindsItSaid() {
        bench.fiveCustomers();
        bench.start();
        Thread.currentThread().interrupt();

        bench.dispatcher.stop(Duration.ofMinutes(5));

        assertThat(Thread.interrupted()).isTrue();
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
        try (CapturedLog log = new CapturedLog(Dispatcher.class.getName())) {
            bench.start();
            bench.threads.settle();
            bench.dispatcher.stop(Duration.ZERO);
            assertThat(log.lines()).isEmpty();

            bench.start();
            bench.save(EU, "c1", "a");
            bench.threads.settle();
            bench.dispatcher.stop(Duration.ZERO);
            assertThat(log.lines())
                    .containsExactly(
                            "Yotpo sync: stopped before all requests under way were answered",
                            "Yotpo sync: stopped with 1 customers not sent, who were kept in memory only");
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
