package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.ids;
import static io.yotposync.scan.ScanShop.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A node that scans: it begins and stops, takes over from another, and gives way. */
class ScannerTest {

    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(31);

    private final ScanShop shop = new ScanShop();

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
    void aClockPutBackByYearsSendsNobodyOfTheTimeBeforeThePluginUnasked() {
        Duration years = Duration.ofDays(300);
        shop.have(3);
        Scanner node = shop.node("a");
        shop.run(node);

        shop.clock.forward(years.negated());
        shop.sweep(node);
        shop.clock.forward(years);
        shop.sweep(node);

        assertThat(shop.sendLater()).isEmpty();
    }

    @Test
    void whoWasChangedSinceThePluginCameIsFoundByTheClockThatWasPutBackToo() {
        Scanner node = shop.node("a");
        shop.run(node);
        shop.clock.forward(Duration.ofDays(2));
        shop.have(1);

        shop.clock.forward(Duration.ofDays(-1));
        shop.run(node);

        assertThat(ids(shop.sendLater())).containsExactly("1");
    }

    /** As where a host keeps by itself who changed, and tells when a customer registered alone. */
    @Test
    void whoIsAmongTheChangedIsFoundThoughItRegisteredBeforeThePluginCame() {
        shop.source.put(CustomerSnapshot.of("1")
                .email("c1@example.com")
                .createdAt(shop.clock.instant().minus(Duration.ofDays(900)))
                .build());
        Scanner node = shop.node("a");
        shop.run(node);
        assertThat(shop.sendLater()).isEmpty();

        shop.source.changed.add("1");
        shop.clock.forward(Duration.ofDays(1));
        shop.run(node);

        assertThat(ids(shop.sendLater())).containsExactly("1");
    }

    @Test
    void nothingIsScannedBeforeTheClockIsSetAndAllAreLookedAtThen() {
        Duration unset = Duration.between(Instant.EPOCH, shop.clock.instant()).minusSeconds(60);
        Scanner node = shop.node("a");
        shop.clock.forward(unset.negated());
        shop.have(3);

        assertThat(node.round()).isPositive();
        assertThat(shop.scans.find(ScanJob.changes(ScanShop.STORE))).isEmpty();

        shop.clock.forward(unset);
        node.round();
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)))
                .map(sweep -> sweep.counts().has(Tally.URGENT))
                .contains(true);
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

        ScanRunner frozen = new ScanRunner(shop.ports(), shop.settings, shop.mapping());
        assertThat(frozen.step(stale, shop.stores.get(ScanShop.STORE))).contains(shop.backfill());

        assertThat(shop.backfill().lastId()).isEqualTo("6");
        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(6);
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
    void whatCouldNotBeNotedAtStartIsNotedLater() {
        shop.have(1);
        Scanner node = new Scanner(
                shop.ports(),
                shop.settings,
                shop.mapping(),
                List.of(),
                new Scanner.Live(shop.sync::accept, shop.rereads),
                new Scanner.Place(SyncThreads.create(), "a"));
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
    void aStoreThatIsOffIsNotScanned() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        shop.storeStates.update(ScanShop.STORE, state -> state.withEnabled(false));

        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isZero();
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
}
