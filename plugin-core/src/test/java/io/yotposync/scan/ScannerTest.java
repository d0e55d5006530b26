package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import io.yotposync.scan.ScanSettings.Leaving;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerTest {

    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(31);
    private static final Duration A_DAY = Duration.ofHours(25);

    private final ScanShop shop = new ScanShop();

    private static List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.key().customerId()).toList();
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
    }

    @Test
    void aBackfillSendsEveryCustomerOnceAndAnUnchangedSecondOneSendsNothing() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(7));

        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.UNCHANGED)).isEqualTo(7);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isZero();
        assertThat(shop.sendLater()).isEmpty();
    }

    @Test
    void whenANodeDiesInTheMiddleAnotherGoesOnFromItsPlaceAfterTheLease() {
        shop.have(7);
        Scanner dying = shop.node("a");
        Scanner other = shop.node("b");
        shop.backfills().start(ScanShop.STORE);
        dying.round();
        shop.clock.forward(Duration.ofMillis(100));
        dying.round();
        assertThat(shop.backfill().lastId()).isEqualTo("4");
        shop.source.read.clear();

        shop.run(other);
        assertThat(shop.backfill().lastId()).as("while the lease lasts").isEqualTo("4");

        shop.clock.forward(LEASE_IS_OVER);
        shop.run(other);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(7);
        assertThat(shop.source.read.subList(0, 3)).containsExactly("5", "6", "7");
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(7));
    }

    @Test
    void aNodeThatStopsGivesItsPlaceAwayAtOnce() {
        shop.have(3);
        Scanner stopping = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        stopping.round();

        stopping.stop(Duration.ofSeconds(1));
        shop.run(shop.node("b"));

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
    }

    @Test
    void whatWasStoppedCanBeStartedAgain() {
        Scanner node = shop.node("a");
        node.start(List.of());
        node.stop(Duration.ofSeconds(10));
        shop.clock.forward(Duration.ofDays(2));
        shop.have(1);
        node.start(List.of());

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(shop.outbox.backlog(ScanShop.STORE, 10)).isEqualTo(1));
        node.stop(Duration.ofSeconds(10));
    }

    @Test
    void aChoreThatFailsKeepsNeitherAnotherNorAScanFromItsWork() {
        shop.have(3);
        AtomicInteger rounds = new AtomicInteger();
        Chore failing = (stores, scans, now) -> {
            throw new IllegalStateException("the storage is away");
        };
        Scanner node = shop.node("a", failing, (stores, scans, now) -> rounds.incrementAndGet());
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);

        assertThat(rounds).hasPositiveValue();
        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aNodeThatWasFrozenBeyondItsLeaseDoesNotMoveTheScanBack() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        ScanState stale = shop.backfill();
        shop.clock.forward(Duration.ofMillis(100));
        node.round();
        shop.clock.forward(Duration.ofMillis(100));
        node.round();

        ScanRunner frozen = new ScanRunner(shop.ports(), shop.settings, shop.preparation, shop.mapper, shop.prints);
        assertThat(frozen.step(stale, shop.stores.get(ScanShop.STORE))).contains(shop.backfill());

        assertThat(shop.backfill().lastId()).isEqualTo("6");
        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(6);
    }

    @Test
    void aLiveSaveGoesBeforeAllThatABackfillWrote() {
        shop.have(6);
        shop.backfills().start(ScanShop.STORE);
        shop.run(shop.node("a"));

        CustomerSnapshot saved = CustomerSnapshot.of("99")
                .email("live@example.com")
                .updatedAt(shop.clock.instant())
                .build();
        shop.sync.accept(saved);

        assertThat(ids(shop.sendLater())).hasSize(7).startsWith("99");
    }

    @Test
    void aLiveSaveOfACustomerThatABackfillWroteMovesToTheFront() {
        shop.have(6);
        shop.backfills().start(ScanShop.STORE);
        shop.run(shop.node("a"));

        shop.sync.accept(CustomerSnapshot.of("5")
                .email("c5@example.com")
                .name("New", "B")
                .updatedAt(shop.clock.instant())
                .build());

        List<Claim> sent = shop.sendLater();
        assertThat(ids(sent)).hasSize(6).startsWith("5");
        assertThat(sent.get(0).payload()).contains("New");
    }

    @Test
    void aScanWaitsWhileTooManyCustomersArePending() {
        shop.have(7);
        shop.settings = ScanSettings.DEFAULTS.withBatch(2, Duration.ofMillis(100), 3);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isEqualTo(4);

        shop.sendLater();
        shop.run(node);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isEqualTo(7);
    }

    @Test
    void aBackfillRestsBetweenTwoBatches() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        assertThat(node.round()).isEqualTo(shop.settings.pause());

        shop.clock.forward(Duration.ofMillis(60));

        assertThat(node.round()).isEqualTo(Duration.ofMillis(40));
        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(2);
    }

    @Test
    void aRestEndsWhenTheClockIsPutBackAndTheLeaseIsAskedForAgain() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();

        shop.clock.forward(Duration.ofDays(-2));
        node.round();

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(4);
    }

    @Test
    void aConsentThatAStoppedBackfillWasToTellIsHeldBackIfSoAsked() {
        shop.have(7);
        shop.backfills().start(ScanShop.STORE, true);
        shop.backfills().stop(ScanShop.STORE);

        shop.backfills().start(ScanShop.STORE, false);

        assertThat(shop.backfill().counts().has(Tally.WITH_CONSENT)).isFalse();
    }

    @Test
    void whoWasToBeReadOnceMoreIsLeftToAScanWhereTheNodeStopsBefore() {
        Scanner node = shop.node("a");
        node.start(List.of());
        shop.rereads.rememberUnsure(shop.customer(1), nobodyReads -> {});

        node.stop(Duration.ofSeconds(5));

        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isTrue();
    }

    @Test
    void aScanThatWasStoppedWhileItAskedIsAnsweredByGoingOn() {
        Scanner node = sweepOfThirtyWhoAreGone();
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().status())
                .isEqualTo(ScanStatus.ASKING);

        shop.backfills().stop(ScanJob.sweep(ScanShop.STORE));
        shop.backfills().proceed(ScanJob.sweep(ScanShop.STORE));
        sweep(node);

        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().status())
                .isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aStoppedBackfillTellsTheConsentsOfTheRestIfSoAsked() {
        shop.have(7);
        shop.backfills().start(ScanShop.STORE, false);
        shop.backfills().stop(ScanShop.STORE);

        shop.backfills().start(ScanShop.STORE, true);

        assertThat(shop.backfill().isRunning()).isTrue();
        assertThat(shop.backfill().counts().has(Tally.WITH_CONSENT)).isTrue();
    }

    @Test
    void whoIsNotSentIsCountedByTheReason() {
        shop.source.put(CustomerSnapshot.of("1").registered(false).build());
        shop.source.put(
                CustomerSnapshot.of("2").registered(false).email("no address").build());
        shop.source.put(CustomerSnapshot.of("3").partial(true).build());
        shop.source.put(
                CustomerSnapshot.of("4").email("a@example.com").site("another").build());
        shop.source.put(shop.customer(5));
        shop.backfills().start(ScanShop.STORE);

        shop.run(shop.node("a"));

        assertThat(shop.backfill().counts().text())
                .isEqualTo("TOTAL=5,SCANNED=5,ENQUEUED=1,OTHER_STORE=1,SKIPPED_ANONYMOUS=1,SKIPPED_INVALID_CONTACT=1,"
                        + "SKIPPED_FAILED=1,ROWS=1");
    }

    @Test
    void aStoppedBackfillGoesOnWhereItWas() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        shop.backfills().stop(ScanShop.STORE);
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);
        assertThat(shop.backfill().lastId()).isEqualTo("2");

        assertThat(shop.backfills().start(ScanShop.STORE).lastId()).isEqualTo("2");
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(7);
    }

    @Test
    void aFaultOfTheHostsKeepsThePlace() {
        shop.have(4);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        shop.clock.forward(Duration.ofSeconds(1));
        shop.source.broken = true;
        node.round();
        assertThat(shop.backfill().lastId()).isEqualTo("2");

        shop.source.broken = false;
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(4);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(4));
    }

    @Test
    void aCustomerWhoCannotBeReadIsCountedAndPassedOver() {
        shop.have(4);
        shop.source.unreadable.add("3");
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void aPageThatNobodyCanBeReadOfIsPassedOverOnlyWhileOthersCanBeRead() {
        shop.have(4);
        shop.source.unreadable.addAll(List.of("3", "4"));
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        shop.clock.forward(Duration.ofMillis(100));
        shop.source.unreadable.addAll(List.of("1", "2"));
        node.round();
        assertThat(shop.backfill().lastId()).as("nobody can be read").isEqualTo("2");

        shop.source.unreadable.removeAll(List.of("1", "2"));
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(2);
    }

    @Test
    void theOneWhoWasReadLastMayBeTheOneWhoCannotBeReadNow() {
        shop.settings = shop.settings.withBatch(4, Duration.ZERO, 1000);
        shop.have(4);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.unreadable.add("1");

        shop.clock.forward(A_DAY);
        sweep(node);

        ScanState sweep = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(sweep.status()).isEqualTo(ScanStatus.DONE);
        assertThat(sweep.counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
    }

    /** The database comes back while the page is read once more, one by one. */
    @Test
    void anOutageThatEndsInTheMiddleOfAPagePassesNobodyOver() {
        shop.settings = shop.settings.withBatch(4, Duration.ZERO, 1000);
        shop.have(8);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        shop.source.faults = 3;

        node.round();
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isZero();
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(8));
    }

    @Test
    void aSourceThatIsAwayDuringTheLookForLeaversKeepsThePlace() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.clock.forward(A_DAY);
        ScanJob sweep = ScanJob.sweep(ScanShop.STORE);
        for (int step = 0; step < 20 && phase(sweep) != ScanPhase.LEDGER; step++) {
            shop.run(node);
            shop.clock.forward(shop.settings.sweepPause());
        }
        shop.source.unreadable.addAll(upTo(3));

        sweep(node);

        assertThat(phase(sweep)).isEqualTo(ScanPhase.LEDGER);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.RUNNING);
    }

    private ScanPhase phase(ScanJob job) {
        return shop.scans.find(job).map(ScanState::phase).orElse(ScanPhase.CUSTOMERS);
    }

    @Test
    void whoCannotBeReadIsNotTakenForOneWhoIsGone() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.unreadable.add("2");
        shop.clock.forward(A_DAY);

        sweep(node);

        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
    }

    @Test
    void aFaultOfOneStoresScanIsNoReasonForAnotherStoreToWait() {
        StoreKey second = new StoreKey("second");
        ScanShop both = new ScanShop(List.of(
                Samples.store(ScanShop.STORE.value()).withSite(StoreSettings.EVERY_SITE),
                Samples.store(second.value()).withSite(StoreSettings.EVERY_SITE)));
        both.have(1);
        both.source.unreadable.add("1");
        Scanner node = both.node("a");
        both.backfills().start(ScanShop.STORE);
        node.round();
        both.source.unreadable.clear();
        both.backfills().start(second);

        both.run(node);

        assertThat(both.outbox.backlog(second, 10)).isEqualTo(1);
        assertThat(both.outbox.backlog(ScanShop.STORE, 10)).as("it rests").isZero();
    }

    @Test
    void whatCouldNotBeNotedAtStartIsNotedLater() {
        shop.have(1);
        Scanner node = new Scanner(
                shop.ports(),
                shop.settings,
                new Scanner.Mapping(shop.preparation, shop.mapper, shop.prints),
                List.of(),
                new Scanner.Live(shop.sync::accept, shop.rereads),
                new Scanner.Place(ScanThread::create, "a"));
        shop.scans.broken = true;
        node.start(List.of());
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> shop.scans.failed);
        shop.scans.broken = false;

        node.wake();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)))
                        .isPresent());
        node.stop(Duration.ofSeconds(10));
        assertThat(shop.scans.find(ScanJob.baseline(ScanShop.STORE))).isPresent();
        assertThat(shop.send(ScanShop.STORE)).as("never backfilled").isEmpty();
    }

    @Test
    void aNodeThatWasNotStartedIsNotWokenEither() {
        shop.have(1);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        node.wake();
        node.stop(Duration.ofSeconds(10));

        assertThat(shop.backfill().lastId()).isNull();
        assertThat(shop.source.read).isEmpty();
    }

    @Test
    void aNodeThatLeavesTheScansToOthersReadsAgainWhomAnEventToldAPartOf() {
        shop.have(2);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.startRereading();
        shop.rereads.remember(shop.customer(1));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> shop.row(1).isPresent());
        node.stop(Duration.ofSeconds(10));

        assertThat(shop.row(2)).isEmpty();
        assertThat(shop.backfill().lastId()).isNull();
    }

    @Test
    void storesThatScanTogetherReadEachCustomerOnce() {
        StoreKey second = new StoreKey("second");
        ScanShop both = new ScanShop(List.of(
                Samples.store(ScanShop.STORE.value()).withSite(StoreSettings.EVERY_SITE),
                Samples.store(second.value()).withSite(StoreSettings.EVERY_SITE)));
        both.have(7);
        Scanner node = both.node("a");
        both.run(node);
        both.source.read.clear();
        both.backfills().start(ScanShop.STORE);
        both.clock.forward(Duration.ofMillis(7));
        both.backfills().start(second);

        both.run(node);

        assertThat(both.scans
                        .find(ScanJob.backfill(second))
                        .orElseThrow()
                        .counts()
                        .of(Tally.ENQUEUED))
                .isEqualTo(7);
        // Once for its state, once to see that the ledger's rows still have a customer, of each store.
        assertThat(both.source.read.stream().filter("5"::equals)).hasSize(3);
        both.clock.forward(Duration.ofSeconds(30));
        assertThat(both.send(ScanShop.STORE)).hasSize(7);
        assertThat(both.send(second)).hasSize(7);
    }

    @Test
    void aScanNeverTakesWhatWasReadBeforeItBegan() {
        Scanner node = shop.node("a");
        shop.run(node);
        shop.have(3);

        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(3);
    }

    @Test
    void aDryRunCountsAndWritesNothing() {
        shop.have(5);
        Scanner node = shop.node("a");
        shop.backfills().dryRun(ScanShop.STORE);

        shop.run(node);

        ScanState dry = shop.scans.find(ScanJob.dryRun(ScanShop.STORE)).orElseThrow();
        assertThat(dry.status()).isEqualTo(ScanStatus.DONE);
        assertThat(dry.counts().of(Tally.ENQUEUED)).isEqualTo(5);
        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.row(1)).isEmpty();
    }

    @Test
    void theTripwireAsksWithNumbersAndFiveMaskedExamplesAndGoesOnWhenTold() {
        shop.settings = shop.settings.withBatch(10, Duration.ZERO, 1000).withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(shop.named(id, "Broken")));

        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.ASKING);
        assertThat(shop.backfill().question())
                .startsWith("It would alter 10 of 10 customers (100.0 %)")
                .contains("customer 1: first_name", "customer 5: first_name")
                .doesNotContain("customer 6", "Broken", "example.com");
        assertThat(shop.sendLater()).isEmpty();

        shop.backfills().proceed(ScanJob.backfill(ScanShop.STORE));
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.sendLater()).hasSize(30);
    }

    @Test
    void whatTheTripwireAskedAboutCanBeCorrectedAndMeasuredAnew() {
        shop.settings = shop.settings.withBatch(10, Duration.ZERO, 1000).withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(shop.named(id, "Broken")));
        shop.clock.forward(A_DAY);
        sweep(node);
        ScanJob sweep = ScanJob.sweep(ScanShop.STORE);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.ASKING);

        shop.have(29);
        shop.backfills().startOver(sweep);
        sweep(node);

        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactly("30");
    }

    @Test
    void anOperatorNeedNotWaitForASweepsTime() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        sweep(node);
        ScanJob sweep = ScanJob.sweep(ScanShop.STORE);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        shop.source.put(shop.named(2, "Renamed"));

        ScanState begun = shop.backfills().startOver(sweep).orElseThrow();
        assertThat(begun.isRunning()).isTrue();
        assertThat(begun.counts().has(Tally.URGENT)).isTrue();
        assertThat(shop.backfills().startOver(sweep)).as("while it runs").contains(begun);
        sweep(node);

        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactly("2");
    }

    @Test
    void aBackfillThatIsDoneIsBegunByStartAlone() {
        shop.have(1);
        shop.backfilled(shop.node("a"));

        assertThat(shop.backfills().startOver(ScanJob.backfill(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
    }

    @Test
    void aChangeThatMovesNoTimeIsFoundByTheSweep() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.put(shop.named(2, "Renamed"));

        shop.clock.forward(A_DAY);
        sweep(node);

        assertThat(ids(shop.sendLater())).containsExactly("2");
    }

    private void sweep(Scanner node) {
        for (int step = 0; step < 20; step++) {
            shop.run(node);
            shop.clock.forward(shop.settings.sweepPause());
        }
    }

    @Test
    void aCustomerWhoIsGoneIsDisabledAndItsRowGoesAfterTheRetentionTime() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.remove(2);
        shop.clock.forward(A_DAY);

        sweep(node);

        List<Claim> sent = shop.sendLater();
        assertThat(ids(sent)).containsExactly("2");
        assertThat(sent.get(0).payload())
                .contains("\"account_status\":\"disabled\"")
                .doesNotContain("example.com");

        shop.clock.forward(A_DAY);
        sweep(node);
        assertThat(shop.row(2).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);

        shop.clock.forward(shop.settings.retention());
        sweep(node);
        assertThat(shop.row(2)).isEmpty();
        assertThat(shop.row(1)).isPresent();
        assertThat(shop.sendLater()).isEmpty();
    }

    /** Of hosts that use an id again, or undelete; the question to such a host may take its time. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoComesBackWhileTheSweepAsksForThemIsNotTakenForGone(boolean sentBefore) {
        shop.have(3);
        Scanner node = shop.node("a");
        if (sentBefore) {
            shop.backfilled(node);
        } else {
            shop.backfills().start(ScanShop.STORE);
            shop.run(node);
        }
        shop.source.remove(2);
        shop.clock.forward(A_DAY);
        CustomerSnapshot back = shop.named(2, "Back");
        shop.source.afterExisting = () -> {
            shop.source.afterExisting = () -> {};
            shop.source.put(back);
            shop.sync.accept(back);
        };

        sweep(node);

        assertThat(shop.sendLater())
                .filteredOn(claim -> claim.key().customerId().equals("2"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.payload()).contains("Back"));
    }

    @Test
    void aCustomerWhoIsGoneMayBeIgnoredButItsRowGoesAllTheSame() {
        shop.settings = shop.settings.withLeavers(Leaving.IGNORE, Duration.ofDays(30), Duration.ofMinutes(10));
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.remove(2);

        shop.clock.forward(A_DAY);
        sweep(node);
        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.row(2)).isPresent();

        shop.clock.forward(Duration.ofDays(31));
        sweep(node);
        assertThat(shop.row(2)).isEmpty();
    }

    private Scanner sweepOfThirtyWhoAreGone() {
        shop.settings = shop.settings.withBatch(100, Duration.ZERO, 1000).withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.customers.clear();
        shop.clock.forward(A_DAY);
        sweep(node);
        return node;
    }

    @Test
    void theTripwireAsksBeforeItDisablesMany() {
        sweepOfThirtyWhoAreGone();

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question()).contains("It would disable 30 of 30 customers");
        assertThat(shop.sendLater()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theTripwireAsksBeforeManyAreForgottenWhomYotpoIsNotTold(Leaving leavers) {
        shop.settings = shop.settings
                .withLeavers(leavers, Duration.ofDays(30), Duration.ofMinutes(10))
                .withBatch(100, Duration.ZERO, 1000)
                .withTripwire(new Tripwire(0.2, 8));
        IntStream.rangeClosed(1, 30)
                .forEach(id -> shop.source.put(CustomerSnapshot.of(String.valueOf(id))
                        .registered(false)
                        .email("guest" + id + "@example.com")
                        .build()));
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.customers.clear();

        shop.clock.forward(Duration.ofDays(31));
        sweep(node);

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question()).contains("It would forget 30 of 30 customers");
        assertThat(shop.row(1)).isPresent();
    }

    @Test
    void whereTheOnlyOneOfAPageCannotBeReadAnybodyElseShowsThatItIsNoOutage() {
        shop.have(3);
        shop.backfilled(shop.node("a"));
        shop.clock.forward(Duration.ofHours(1));
        Scanner restarted = shop.node("b");
        shop.source.put(CustomerSnapshot.of("3")
                .email("c3@example.com")
                .updatedAt(shop.clock.instant())
                .build());
        shop.source.unreadable.add("3");

        shop.run(restarted);

        ScanState changes = shop.scans.find(ScanJob.changes(ScanShop.STORE)).orElseThrow();
        assertThat(changes.status()).isEqualTo(ScanStatus.DONE);
        assertThat(changes.counts().of(Tally.SKIPPED_FAILED)).isOne();
    }

    @Test
    void theTripwireAsksBeforeItDisablesManyWhoSeemToBeAnonymous() {
        shop.settings = shop.settings.withBatch(100, Duration.ZERO, 1000).withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(nobody(id)));

        shop.clock.forward(A_DAY);
        sweep(node);

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question())
                .contains("It would disable 30 of 30 customers")
                .contains("customer 1: nothing is left that identifies a person");
        assertThat(shop.sendLater()).isEmpty();
    }

    private CustomerSnapshot nobody(int id) {
        return CustomerSnapshot.of(String.valueOf(id))
                .updatedAt(shop.clock.instant().minus(Duration.ofDays(1)))
                .build();
    }

    @Test
    void aFewChangesAmongManyKnownAreNoReasonToAskWhereNobodyCountsTheCustomers() {
        shop.settings = shop.settings.withBatch(100, Duration.ZERO, 1000).withTripwire(new Tripwire(0.2, 8));
        shop.source.counts = false;
        shop.have(100);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.clock.forward(shop.settings.changesEvery());
        IntStream.rangeClosed(1, 10).forEach(id -> shop.source.put(changed(id)));

        shop.run(node);

        assertThat(shop.scans.find(ScanJob.changes(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
        assertThat(shop.sendLater()).hasSize(10);
    }

    private CustomerSnapshot changed(int id) {
        return CustomerSnapshot.of(String.valueOf(id))
                .email("c" + id + "@example.com")
                .name("Changed", "B")
                .updatedAt(shop.clock.instant())
                .build();
    }

    @Test
    void aCustomerOfWhomAnEventToldAPartIsReadAgainAndSentWhole() {
        CustomerSnapshot whole = Samples.full("7").build();
        shop.source.put(whole);
        CustomerSnapshot part = CustomerSnapshot.of("7")
                .email("a@example.com")
                .updatedAt(whole.updatedAt())
                .partial(true)
                .build();
        shop.sync.accept(part);
        shop.rereads.remember(part);

        shop.node("not the one that scans").round();

        List<Claim> sent = shop.sendLater();
        assertThat(sent)
                .singleElement()
                .satisfies(claim -> assertThat(claim.payload()).contains("Ada", "Exampleton"));
    }

    @Test
    void aCustomerWhoseEventKnewNoSiteIsReadForTheStoreThatHasIt() {
        StoreSettings all = Samples.store("all").withSite(StoreSettings.EVERY_SITE);
        ScanShop two = new ScanShop(List.of(Samples.store("default"), Samples.store("eu"), all));
        two.sync.accept(Samples.full("7").site("eu").build());
        two.source.put(
                Samples.full("7").name("Other", "Example").updatedAt(null).build());
        two.rereads.remember(CustomerSnapshot.of("7").partial(true).build());
        Fingerprint before =
                two.outbox.find(new CustomerKey(Samples.EU, "7")).orElseThrow().desired();

        two.node("a").round();

        assertThat(two.outbox.find(new CustomerKey(StoreKey.DEFAULT, "7"))).isEmpty();
        assertThat(two.outbox
                        .find(new CustomerKey(Samples.EU, "7"))
                        .orElseThrow()
                        .desired())
                .isNotEqualTo(before);
    }

    @Test
    void aCustomerWhoKnowsItsSiteIsNotReadForTheRequests() {
        ScanShop two = new ScanShop(List.of(Samples.store("default"), Samples.store("eu")));
        two.source.put(Samples.full("1").site("eu").build());
        two.source.put(Samples.full("2").site("7").build());
        two.source.put(Samples.full("3").build());
        two.rereads.remember(
                CustomerSnapshot.of("1").site("default").partial(true).build());
        for (String id : List.of("2", "3")) {
            two.rereads.remember(
                    CustomerSnapshot.of(id).site("7").site("eu").partial(true).build());
        }

        two.node("a").round();

        for (String id : List.of("1", "2", "3")) {
            assertThat(two.outbox.find(new CustomerKey(Samples.EU, id))).as(id).isPresent();
            assertThat(two.outbox.find(new CustomerKey(StoreKey.DEFAULT, id)))
                    .as(id)
                    .isEmpty();
        }
    }

    @Test
    void aCustomerWhoCanBeReadInPartOnlyAgainIsNoReasonToLookAtAllOthers() {
        shop.have(1);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        CustomerSnapshot part = CustomerSnapshot.of("1").partial(true).build();
        shop.source.put(part);
        shop.rereads.remember(part);
        shop.clock.forward(Duration.ofMinutes(1));

        node.round();

        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.rereads.takeOverflow()).isFalse();
        ScanState sweep = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(sweep.counts().has(Tally.URGENT)).isFalse();
    }

    @Test
    void aPartialCustomerThatCannotBeReadNowIsLeftToAScan() {
        shop.have(2);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.rereads.remember(shop.customer(1));
        shop.rereads.remember(shop.customer(2));
        shop.clock.forward(Duration.ofMinutes(1));
        shop.source.broken = true;

        node.round();

        ScanState sweep = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(sweep.counts().has(Tally.URGENT)).isTrue();
        shop.source.broken = false;
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().status())
                .isEqualTo(ScanStatus.DONE);
    }

    @Test
    void aStoreThatIsOffIsNotScanned() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        shop.storeStates.update(ScanShop.STORE, state -> state.withEnabled(false));

        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isZero();
    }
}
