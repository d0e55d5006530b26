package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.INVALID;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class AlertsTest {

    private final OneShop shop = new OneShop();
    private final List<Alert> received = new ArrayList<>();
    private final List<Scheduled> scheduled = new ArrayList<>();
    private final ScheduledExecutorService threads = Mockito.mock(ScheduledExecutorService.class);
    private final Alerts alerts =
            new Alerts(1, shop.backlog, shop.states, new AlertPublisher(received::add, Runnable::run), threads);

    @BeforeEach
    void keepWhatIsScheduled() {
        Mockito.when(threads.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            Duration delay = Duration.of(
                    call.getArgument(1), call.<TimeUnit>getArgument(2).toChronoUnit());
            scheduled.add(new Scheduled(call.getArgument(0), delay));
            return null;
        });
    }

    @Test
    void aHeldStoreIsToldAndItsRelease() {
        alerts.held(DEFAULT, INVALID);
        alerts.released(DEFAULT);

        assertThat(received)
                .containsExactly(
                        new Alert.StoreHeld("default", FailureClass.VALIDATION, INVALID.reason()),
                        new Alert.StoreReleased("default"));
    }

    @Test
    void aStoreThatIsHeldAndReleasedAgainAndAgainIsToldOnce() {
        alerts.held(DEFAULT, INVALID);
        alerts.released(DEFAULT);
        for (int i = 0; i < 5; i++) {
            alerts.held(DEFAULT, INVALID);
            alerts.released(DEFAULT);
        }
        runScheduled(Alerts.STAYS_HELD);

        assertThat(received).hasSize(2);
    }

    @Test
    void aStoreThatIsHeldAgainAndStaysSoIsToldAndItsRelease() {
        alerts.held(DEFAULT, INVALID);
        alerts.released(DEFAULT);
        alerts.held(DEFAULT, INVALID);
        alerts.released(DEFAULT);
        alerts.held(DEFAULT, INVALID);
        shop.states.update(DEFAULT, state -> state.heldFor("rejected", shop.clock.instant()));
        assertThat(received).hasSize(2);

        scheduled.remove(1).task().run();
        assertThat(received).as("that hold was released").hasSize(2);
        runScheduled(Alerts.STAYS_HELD);
        assertThat(received).hasSize(3).last().isInstanceOf(Alert.StoreHeld.class);

        alerts.released(DEFAULT);
        assertThat(received).hasSize(4).last().isInstanceOf(Alert.StoreReleased.class);
    }

    @Test
    void aStoreThatIsHeldAgainAndReleasedByAnotherNodeIsNotTold() {
        alerts.released(DEFAULT);
        alerts.held(DEFAULT, INVALID);
        runScheduled(Alerts.STAYS_HELD);

        assertThat(received).containsExactly(new Alert.StoreReleased("default"));
    }

    @Test
    void aStoreThatIsHeldLongAfterItsReleaseIsToldAtOnce() {
        alerts.held(DEFAULT, INVALID);
        alerts.released(DEFAULT);
        runScheduled(Alerts.RELEASED_LATELY);
        alerts.held(DEFAULT, INVALID);

        assertThat(received).hasSize(3);
    }

    @Test
    void tooManyRefusedAreToldOnceForEachCrossing() {
        shop.park("1");
        look();
        assertThat(received).isEmpty();

        shop.park("2");
        look();
        look();
        assertThat(received).containsExactly(new Alert.TooManyParked("default", 2, 1));

        shop.controls().retry(DEFAULT, null, null, OneShop.OPERATOR);
        look();
        shop.park("1");
        shop.park("2");
        look();
        assertThat(received).hasSize(2);
    }

    @Test
    void whatWasCountedBeforeTheyWereRefusedIsNotBelieved() {
        shop.park("1");
        shop.clock.forward(Duration.ofMinutes(1));
        shop.backlog.counts();
        shop.park("2");

        alerts.parked(customer("2"), INVALID);
        scheduled.forEach(later -> later.task().run());

        assertThat(received).containsExactly(new Alert.TooManyParked("default", 2, 1));
    }

    @Test
    void oneLookIsEnoughForManyRefusals() {
        alerts.parked(customer("1"), INVALID);
        alerts.parked(customer("2"), INVALID);

        assertThat(scheduled).hasSize(1);
    }

    @Test
    void theLongerItTakesToCountTheLaterRefusalsAreLookedAt() {
        Outbox slow = Mockito.mock(Outbox.class);
        Mockito.when(slow.counts()).thenAnswer(call -> {
            shop.clock.forward(Duration.ofSeconds(2));
            return Map.of();
        });
        Backlog backlog = new Backlog(slow, shop.clock, Runnable::run);
        Alerts patient = new Alerts(1, backlog, shop.states, new AlertPublisher(received::add, Runnable::run), threads);
        backlog.counts();

        patient.parked(customer("1"), INVALID);

        assertThat(scheduled).extracting(Scheduled::delay).containsExactly(Duration.ofSeconds(40));
    }

    @Test
    void whoIsRefusedWhileTheyAreCountedIsCountedToo() {
        Outbox outbox = Mockito.mock(Outbox.class);
        Alerts counting = new Alerts(
                1,
                new Backlog(outbox, shop.clock, Runnable::run),
                shop.states,
                new AlertPublisher(received::add, Runnable::run),
                threads);
        Mockito.when(outbox.counts())
                .thenAnswer(call -> {
                    counting.parked(customer("2"), INVALID);
                    return Map.of(DEFAULT, new LedgerCounts(0, 0, 1, null));
                })
                .thenReturn(Map.of(DEFAULT, new LedgerCounts(0, 0, 2, null)));

        counting.parked(customer("1"), INVALID);
        scheduled.remove(0).task().run();
        assertThat(received).isEmpty();
        scheduled.remove(0).task().run();

        assertThat(received).containsExactly(new Alert.TooManyParked("default", 2, 1));
        assertThat(scheduled).isEmpty();
    }

    @Test
    void aReceiverThatThrowsKeepsNothingFromTheNext() {
        List<Alert> tried = new ArrayList<>();
        Alerts careless = new Alerts(
                1,
                shop.backlog,
                shop.states,
                new AlertPublisher(
                        alert -> {
                            tried.add(alert);
                            throw new IllegalStateException("no mail server");
                        },
                        Runnable::run),
                threads);

        careless.held(DEFAULT, INVALID);
        careless.released(DEFAULT);

        assertThat(tried).hasSize(2);
    }

    @Test
    void refusalsThatNoMemoryWasLeftToCountAreCountedWithTheNext() {
        ScheduledExecutorService starved = Mockito.mock(ScheduledExecutorService.class);
        Mockito.when(starved.schedule(any(Runnable.class), anyLong(), any()))
                .thenThrow(new OutOfMemoryError("Java heap space"))
                .thenReturn(null);
        Alerts again =
                new Alerts(1, shop.backlog, shop.states, new AlertPublisher(received::add, Runnable::run), starved);

        again.parked(customer("1"), INVALID);
        again.parked(customer("2"), INVALID);

        Mockito.verify(starved, Mockito.times(2)).schedule(any(Runnable.class), anyLong(), any());
    }

    @Test
    void whatNoThreadCouldBeMadeForIsToldWithTheNext() {
        AtomicBoolean first = new AtomicBoolean(true);
        Executor executor = task -> {
            if (first.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        };
        Alerts starved = new Alerts(1, shop.backlog, shop.states, new AlertPublisher(received::add, executor), threads);

        starved.held(DEFAULT, INVALID);
        assertThat(received).isEmpty();
        starved.released(DEFAULT);

        assertThat(received).hasSize(2).first().isInstanceOf(Alert.StoreHeld.class);
    }

    @Test
    void aReceiverSeesNothingThatHangsOnTheThreadWhereItHappenedAndKeepsNoProcessFromEnding() {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        request.set("a shopper's");
        List<String> seen = new CopyOnWriteArrayList<>();
        Alerts own = new Alerts(
                1,
                shop.backlog,
                shop.states,
                alert -> seen.add(
                        request.get() + ", daemon " + Thread.currentThread().isDaemon()),
                Mockito.mock(ScheduledExecutorService.class));
        own.held(DEFAULT, INVALID);

        await().untilAsserted(() -> assertThat(seen).containsExactly("null, daemon true"));
    }

    @Test
    void aReceiverThatNeverReturnsTakesNoThreadOfThoseThatSendAndIsInterruptedAtTheEnd() {
        ScheduledExecutorService sending = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch called = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Alerts stuck = new Alerts(
                1,
                shop.backlog,
                shop.states,
                alert -> {
                    called.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException end) {
                        interrupted.set(true);
                    }
                },
                sending);
        try {
            stuck.held(DEFAULT, INVALID);
            await().until(() -> called.getCount() == 0);

            await().until(sending.submit(() -> {})::isDone);
            stuck.close();
            await().untilTrue(interrupted);
        } finally {
            sending.shutdownNow();
        }
    }

    @Test
    void aStoppingHostIsLeftInPeace() {
        Mockito.when(threads.schedule(any(Runnable.class), anyLong(), any()))
                .thenThrow(new RejectedExecutionException());
        alerts.close();

        alerts.held(DEFAULT, INVALID);
        alerts.parked(customer("1"), INVALID);

        assertThat(received).isEmpty();
    }

    private void look() {
        shop.clock.forward(Duration.ofMinutes(1));
        alerts.parked(customer("1"), INVALID);
        scheduled.forEach(later -> later.task().run());
        scheduled.clear();
    }

    private void runScheduled(Duration delay) {
        scheduled.stream()
                .filter(later -> later.delay().equals(delay))
                .forEach(later -> later.task().run());
    }

    private record Scheduled(Runnable task, Duration delay) {}
}
