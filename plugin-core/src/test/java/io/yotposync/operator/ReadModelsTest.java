package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Activity.Count;
import io.yotposync.operator.Refusals.Group;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Fingerprint;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ReadModelsTest {

    private final OneShop shop = new OneShop();

    @Test
    void theOverviewSaysWhereCustomersStandAndWhatDecides() {
        shop.park("1");
        shop.save("2", "A");
        shop.clock.forward(Duration.ofSeconds(30));
        shop.activity.delivered(customer("3"), Duration.ZERO);

        StoreOverview own = shop.overviews.all().get(0);
        StoreOverview eu = shop.overviews.all().get(1);

        assertThat(own.customers())
                .isEqualTo(new StoreOverview.Customers(1, 0, 1, Map.of(FailureClass.VALIDATION, 1L), 30));
        assertThat(own.enabledBy()).isEqualTo("yotpo.sync.stores.default.enabled");
        assertThat(own.sinceStart()).containsEntry(Count.DELIVERED, 1L);
        assertThat(eu.enabled()).isFalse();
        shop.stores.enable(EU);
        assertThat(shop.overviews.all().get(1).enabledBy()).isEqualTo("run time");
    }

    @Test
    void refusalsAreGroupedByWhatIsTheMatter() {
        shop.park("1");
        shop.park("2");

        Refusals.Refused refused = new Refusals(shop.stores.stores(), shop.outbox, shop.clock).of(null);

        assertThat(refused.complete()).isTrue();
        assertThat(refused.groups()).hasSize(1);
        Group group = refused.groups().get(0);
        assertThat(group.customers()).isEqualTo(2);
        assertThat(group.kind()).isEqualTo(FailureClass.VALIDATION);
        assertThat(group.examples()).containsExactly("1", "2");
        assertThat(group.fix()).isEqualTo(FailureClass.VALIDATION.fix(StoreKey.DEFAULT));
        assertThat(shop.refusals.of(EU).groups()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.refusals.of(new StoreKey("typo")))
                .withMessageContaining("no store 'typo'");
    }

    @Test
    void refusalsByClassAreLookedAtAnewWhenTheirNumberChanges() {
        shop.park("1");
        assertThat(parkedFor()).containsExactly(entry(FailureClass.VALIDATION, 1L));

        shop.park("2");
        shop.clock.forward(Duration.ofSeconds(2));
        assertThat(parkedFor()).containsExactly(entry(FailureClass.VALIDATION, 2L));
        assertThat(shop.overviews.all().get(1).customers().parkedFor()).isEmpty();
    }

    @Test
    void refusalsByClassAreLookedAtAnewNowAndThenThoughTheirNumberIsTheSame() {
        shop.park("1");
        assertThat(parkedFor()).containsExactly(entry(FailureClass.VALIDATION, 1L));

        shop.controls().retry(DEFAULT, null, null, OneShop.OPERATOR);
        shop.answer(claim -> new Completion.Parked(claim, new Failure(FailureClass.CONFLICT, 409, "another has it")));
        shop.clock.forward(Duration.ofSeconds(31));
        assertThat(parkedFor()).containsExactly(entry(FailureClass.CONFLICT, 1L));
    }

    private Map<FailureClass, Long> parkedFor() {
        return shop.overviews.all().get(0).customers().parkedFor();
    }

    @Test
    void activityIsCountedInStepsOfTenSeconds() {
        shop.activity.accepted(customer("1"));
        shop.clock.forward(Activity.STEP);
        shop.activity.accepted(customer("1"));
        shop.activity.accepted(customer("1"));
        shop.activity.skipped(null, "1", SkipReason.NO_STORE);

        Activity.Series series = shop.activity.recent(3).get(0);

        assertThat(series.store()).isEqualTo("default");
        assertThat(series.from()).isEqualTo(T0.minus(Activity.STEP));
        assertThat(series.counts().get(Count.ACCEPTED)).containsExactly(0L, 1L, 2L);
        assertThat(shop.activity.recent(1).get(1).store()).isEqualTo(Activity.NO_STORE);
        assertThat(shop.activity.totals(DEFAULT)).containsEntry(Count.ACCEPTED, 3L);
    }

    @Test
    void activityTellsApartWhatBecameOfCustomers() {
        shop.activity.accepted(customer("1"));
        shop.activity.suppressed(customer("1"));
        shop.activity.skipped(DEFAULT, "1", SkipReason.ANONYMOUS);
        shop.activity.dropped(customer("1"));
        shop.activity.delivered(customer("1"), Duration.ZERO);
        shop.activity.retrying(customer("1"), OneShop.OUTAGE, T0);
        shop.activity.parked(customer("1"), OneShop.INVALID);

        assertThat(shop.activity.totals(DEFAULT))
                .containsOnlyKeys(Count.values())
                .allSatisfy((count, times) -> assertThat(times).as(count.name()).isOne());
    }

    @Test
    void activityForgetsAfterAnHour() {
        shop.activity.accepted(customer("1"));
        shop.clock.forward(Duration.ofHours(1));
        shop.activity.parked(customer("1"), OneShop.INVALID);

        assertThat(shop.activity.recent(Activity.STEPS).get(0).counts().get(Count.ACCEPTED))
                .containsOnly(0L);
    }

    @Test
    void theBacklogIsCountedBehindTheCallerAndNoMoreOftenThanItCanBear() {
        Outbox durable = Mockito.mock(Outbox.class);
        Mockito.when(durable.durable()).thenReturn(true);
        Mockito.when(durable.counts()).thenReturn(Map.of(DEFAULT, new LedgerCounts(7, 0, 0, T0)));
        Backlog backlog = new Backlog(durable, shop.clock, Runnable::run);

        assertThat(backlog.lastKnown(DEFAULT)).as("before it was counted").isNull();
        assertThat(backlog.lastKnown(DEFAULT)).extracting(LedgerCounts::pending).isEqualTo(7L);
        assertThat(backlog.counts()).containsOnlyKeys(DEFAULT);
        shop.clock.forward(Backlog.DURABLE_AGE.minusMillis(1));
        backlog.lastKnown(EU);
        Mockito.verify(durable, Mockito.times(1)).counts();

        backlog.expire();
        backlog.counts();
        Mockito.verify(durable, Mockito.times(2)).counts();
    }

    /** Of many rows a count takes seconds, and holds for a minute. */
    @Test
    void whatChangedWhileItWasCountedIsCountedWithTheNextLook() {
        Outbox changing = Mockito.mock(Outbox.class);
        Backlog backlog = new Backlog(changing, shop.clock, Runnable::run);
        Mockito.when(changing.counts())
                .thenAnswer(call -> {
                    backlog.expire();
                    return Map.of(DEFAULT, new LedgerCounts(0, 0, 7, null));
                })
                .thenReturn(Map.of(DEFAULT, new LedgerCounts(7, 0, 0, T0)));

        backlog.counts();

        assertThat(backlog.counts().get(DEFAULT))
                .extracting(LedgerCounts::pending)
                .isEqualTo(7L);
        backlog.counts();
        Mockito.verify(changing, Mockito.times(2)).counts();
    }

    @Test
    void theBacklogIsCountedAgainAndAgain() {
        Outbox durable = Mockito.mock(Outbox.class);
        Mockito.when(durable.durable()).thenReturn(true);
        Mockito.when(durable.counts())
                .thenReturn(Map.of())
                .thenThrow(new IllegalStateException("no database"))
                .thenReturn(Map.of(DEFAULT, new LedgerCounts(7, 0, 0, T0)));
        Backlog backlog = new Backlog(durable, shop.clock, Runnable::run);

        for (int times = 1; times <= 3; times++) {
            backlog.lastKnown(DEFAULT);
            Mockito.verify(durable, Mockito.times(times)).counts();
            shop.clock.forward(Backlog.DURABLE_AGE);
        }
        assertThat(backlog.lastKnown(DEFAULT)).extracting(LedgerCounts::pending).isEqualTo(7L);
    }

    @Test
    void aBacklogThatNoMemoryWasLeftToCountIsCountedAgain() {
        Outbox outbox = Outbox.inMemory(10);
        AtomicBoolean outOfMemory = new AtomicBoolean(true);
        Backlog backlog = new Backlog(outbox, shop.clock, task -> {
            if (outOfMemory.getAndSet(false)) {
                throw new OutOfMemoryError("Java heap space");
            }
            task.run();
        });

        for (int i = 0; i < 2; i++) {
            assertThat(backlog.lastKnown(DEFAULT)).isNull();
        }

        assertThat(backlog.lastKnown(DEFAULT)).isEqualTo(LedgerCounts.NONE);
    }

    @Test
    void aBacklogThatTakesLongToCountIsCountedTheLessOften() {
        Outbox slow = Mockito.mock(Outbox.class);
        Mockito.when(slow.durable()).thenReturn(true);
        Mockito.when(slow.counts()).thenAnswer(call -> {
            shop.clock.forward(Duration.ofSeconds(2));
            return Map.of();
        });
        Backlog backlog = new Backlog(slow, shop.clock, Runnable::run);
        assertThat(backlog.rest()).isEqualTo(Duration.ofSeconds(1));

        backlog.counts();
        assertThat(backlog.rest()).isEqualTo(Duration.ofSeconds(40));
        shop.clock.forward(Duration.ofSeconds(39));
        backlog.counts();
        backlog.lastKnown(DEFAULT);
        Mockito.verify(slow, Mockito.times(1)).counts();

        shop.clock.forward(Duration.ofSeconds(1));
        backlog.counts();
        Mockito.verify(slow, Mockito.times(2)).counts();
    }

    @Test
    void aBacklogThatCannotBeCountedIsUnknownAndNotZero() {
        Outbox broken = Mockito.mock(Outbox.class);
        Mockito.when(broken.counts()).thenThrow(new IllegalStateException("no database"));
        Backlog backlog = new Backlog(broken, shop.clock, Runnable::run);

        backlog.lastKnown(DEFAULT);

        assertThat(backlog.lastKnown(DEFAULT)).isNull();
    }

    @Test
    void aStoppingHostCountsNothingMore() {
        Backlog backlog = new Backlog(shop.outbox, shop.clock, task -> {
            throw new RejectedExecutionException();
        });

        assertThat(backlog.lastKnown(DEFAULT)).isNull();
    }

    @Test
    void healthIsAboutWhatAnOperatorMustActOn() {
        StoreHealth health = health(HandOver.direct(shop.outbox, shop.clock, HandOverListener.none()));
        shop.save("1", "A");
        shop.states.update(DEFAULT, state -> state.waitingUntil(T0.plusSeconds(60)));
        health.trouble(DEFAULT);
        assertThat(health.trouble(DEFAULT)).isEmpty();
        assertThat(health.outboxTrouble()).isEmpty();

        shop.clock.forward(StoreHealth.OLDEST_PENDING.plusSeconds(1));
        health.trouble(DEFAULT);
        assertThat(health.trouble(DEFAULT)).get().asString().contains("pending for more than");
        shop.stores.pause(DEFAULT, "on purpose");
        assertThat(health.trouble(DEFAULT)).isEmpty();

        shop.states.update(DEFAULT, state -> state.heldFor("the secret is refused", T0));
        assertThat(health.trouble(DEFAULT)).contains("held: the secret is refused");
        shop.stores.disable(DEFAULT);
        assertThat(health.trouble(DEFAULT)).isEmpty();
    }

    @Test
    void anOutboxThatCannotBeWrittenIsTrouble() {
        HandOver handOver = Mockito.mock(HandOver.class);
        Mockito.when(handOver.state()).thenReturn(OneShop.handOver(true));

        assertThat(health(handOver).outboxTrouble()).contains("has not been writable since " + T0);
    }

    @Test
    void anOutboxThatHasNoRoomIsTroubleUntilItHadSomeForAWhile() {
        HandOver handOver = HandOver.direct(Outbox.inMemory(1), shop.clock, HandOverListener.none());
        handOver.offer(state("1"));
        assertThat(health(handOver).outboxTrouble()).isEmpty();
        handOver.offer(state("2"));

        assertThat(health(handOver).outboxTrouble()).get().asString().startsWith("had no room at " + T0);
        shop.clock.forward(Duration.ofMinutes(5));
        assertThat(health(handOver).outboxTrouble()).isEmpty();
    }

    private static Desired state(String id) {
        return new Desired(new CustomerKey(DEFAULT, id), "{}", Fingerprint.of(id), 1, Origin.LIVE, T0);
    }

    private StoreHealth health(HandOver handOver) {
        return new StoreHealth(shop.stores, shop.backlog, handOver, StoreHealth.OLDEST_PENDING, shop.clock);
    }

    @Test
    void errorsAreRememberedByClassAndStatusAlone() {
        shop.errors.retrying(customer("1"), OneShop.OUTAGE, T0);
        shop.errors.parked(customer("1"), OneShop.INVALID);
        shop.errors.held(DEFAULT, OneShop.INVALID);
        shop.errors.skipped(DEFAULT, "1", SkipReason.FAILED);
        shop.errors.skipped(DEFAULT, "1", SkipReason.ANONYMOUS);
        assertThat(shop.errors.newest())
                .extracting(RecentErrors.Seen::what)
                .containsExactly("skipped: FAILED", "held", "parked", "retrying");

        for (int i = 0; i < 60; i++) {
            shop.errors.retrying(customer("1"), OneShop.OUTAGE, T0);
        }
        assertThat(shop.errors.newest()).hasSize(RecentErrors.MAX);
    }

    @Test
    void anOverviewShowsTheScansAsTheyStandNow() {
        Scans.Progress now = new Scans.Progress(ScanStatus.RUNNING, 7, 9, T0, 2L, 1, Map.of());
        CatchUp catchUp = Mockito.mock(CatchUp.class);
        Scans.Progress sweep = new Scans.Progress(ScanStatus.DONE, 9, 9, T0, null, 1, Map.of());
        Mockito.when(catchUp.look(Mockito.any())).thenReturn(new Scans(now, sweep, null, List.of(), T0));
        Overviews overviews = new Overviews(
                shop.stores, shop.backlog, shop.refusals, shop.activity, OneShop.NO_LANES, catchUp, shop.clock);

        StoreOverview overview = overviews.all().get(0);
        assertThat(overview.backfill()).isEqualTo(now);
        assertThat(overview.sweep()).isEqualTo(sweep);
    }

    @Test
    void theBundleHoldsNoSecretNoAppKeyAndNoOperatorsWords() {
        shop.stores.pause(DEFAULT, "Jo's phone number is wrong");
        SupportBundle bundle = new SupportBundle(
                Map.of("java", "17"), shop.stores, shop.overviews, shop.activity, shop.errors, shop.clock);

        assertThat(bundle.collect())
                .containsOnlyKeys("at", "versions", "settings", "stores", "lastHour", "errors")
                .asString()
                .contains("secret=PRESENT", "paused=true, pauseReason=PRESENT")
                .doesNotContain("secret-1", "key-one", "phone number is wrong");
    }

    @Test
    void whatWasHeardOfACustomerWithoutAStoreIsToldApart() {
        shop.heard.suppressed(customer("1"));
        shop.heard.skipped(null, "2", SkipReason.NO_STORE);

        assertThat(shop.heard.of(customer("1")))
                .extracting(LastHeard.Heard::fate)
                .isEqualTo(LastHeard.Fate.UNCHANGED);
        assertThat(shop.heard.withoutStore("2")).isNotNull();
        assertThat(shop.heard.of(new CustomerKey(new StoreKey("us"), "2"))).isNull();
    }
}
