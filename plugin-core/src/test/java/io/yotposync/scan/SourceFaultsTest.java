package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static io.yotposync.scan.ScanShop.ids;
import static io.yotposync.scan.ScanShop.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.SyncThreads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Customers who cannot be read are passed over, a source that is away is waited for. */
class SourceFaultsTest {

    private final ScanShop shop = new ScanShop();

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
    void customersWhoAreTooManyToBeCountedInTimeAreScannedAllTheSame() {
        shop.have(3);
        shop.source.countsInTime = false;
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.TOTAL)).isZero();
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(3));
    }

    @Test
    void aCustomerWhoCannotBeReadIsCountedAndPassedOver() {
        shop.have(4);
        shop.source.unreadable.add("3");

        theThirdOfFourIsPassedOver();
    }

    @Test
    void aCustomerWhoseReadingEndsInAnErrorIsPassedOverToo() {
        shop.have(4);
        shop.source.endless.add("3");

        theThirdOfFourIsPassedOver();
    }

    private void theThirdOfFourIsPassedOver() {
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void whereReadingAnybodyEndsInAnErrorTheScanKeepsItsPlace() {
        shop.have(2);
        shop.source.endless.addAll(upTo(2));
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        node.round();
        assertThat(shop.backfill().lastId()).isNull();

        shop.source.endless.clear();
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);

        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(2));
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
    void theScanWaitsWhereASourceTellsOfEachOneAloneThatItCannotBeRead() {
        shop.have(4);
        shop.source.tellsOfOneAlone = true;
        shop.source.unreadable.addAll(upTo(4));
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        shop.run(node);
        assertThat(shop.backfill().isRunning()).isTrue();

        shop.source.unreadable.removeAll(List.of("3", "4"));
        shop.clock.forward(Duration.ofSeconds(5));
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(2);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void theOneWhoWasReadLastMayBeTheOneWhoCannotBeReadNow() {
        shop.settings = shop.settings.withPace(new ScanSettings.Pace(4, Duration.ZERO, 1000));
        shop.have(4);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.unreadable.add("1");

        shop.clock.forward(A_DAY);
        shop.sweep(node);

        ScanState sweep = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(sweep.status()).isEqualTo(ScanStatus.DONE);
        assertThat(sweep.counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
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

    /** The database comes back while the page is read once more, one by one. */
    @Test
    void anOutageThatEndsInTheMiddleOfAPagePassesNobodyOver() {
        shop.settings = shop.settings.withPace(new ScanSettings.Pace(4, Duration.ZERO, 1000));
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
            shop.clock.forward(shop.settings.catchUp().sweepPause());
        }
        shop.source.unreadable.addAll(upTo(3));

        shop.sweep(node);

        assertThat(phase(sweep)).isEqualTo(ScanPhase.LEDGER);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.RUNNING);
    }

    private ScanPhase phase(ScanJob job) {
        return shop.scans.find(job).map(ScanState::phase).orElse(ScanPhase.CUSTOMERS);
    }

    @Test
    void whoCannotBeReadIsNotTakenForOneWhoIsGone() {
        nobodyIsGoneThough(() -> shop.source.unreadable.add("2"));
    }

    @Test
    void whoseReadingEndsInAnErrorIsNotTakenForOneWhoIsGoneEither() {
        nobodyIsGoneThough(() -> shop.source.endless.add("2"));
    }

    private void nobodyIsGoneThough(Runnable fault) {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        fault.run();
        shop.clock.forward(A_DAY);

        shop.sweep(node);

        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
    }

    @Test
    void whoseIdCannotBeOneIsPassedOverAndIsNoPlaceToGoOnFrom() {
        String endless = "b".repeat(CustomerSnapshot.MAX_ID_LENGTH + 1);
        ScanPorts ports = shop.ports();
        Scanner node = new Scanner(
                new ScanPorts(
                        ports.stores(),
                        ports.storeStates(),
                        ports.scanStates(),
                        new NamedSource(List.of("a", endless, "c")),
                        ports.outbox(),
                        ports.written(),
                        ports.forget(),
                        ports.clock()),
                shop.settings,
                shop.mapping(),
                List.of(),
                new Scanner.Live(shop.sync::accept, shop.rereads),
                new Scanner.Place(SyncThreads.create(), "a"));
        shop.backfills().start(ScanShop.STORE);

        node.round();
        assertThat(shop.backfill().lastId()).isEqualTo("a");
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("a", "c");
    }
}
