package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static io.yotposync.scan.ScanShop.ids;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.MovedClock;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.scan.ScanSettings.Leaving;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a sweep finds: a change that moved no time, and who is gone. */
class SweepTest {

    private final ScanShop shop = new ScanShop();

    @Test
    void aChangeThatMovesNoTimeIsFoundByTheSweep() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.put(shop.named(2, "Renamed"));

        shop.clock.forward(A_DAY);
        shop.sweep(node);

        assertThat(ids(shop.sendLater())).containsExactly("2");
    }

    @Test
    void theSweepOfAnEmptyShopSaysThatThereWasNobody() {
        Scanner node = shop.node("a");

        try (CapturedLog log = new CapturedLog("io.yotposync", Level.INFO)) {
            shop.sweep(node);

            assertThat(log.lines()).contains("Yotpo sync: the sweep of store default is done: there was nobody");
        }
    }

    @Test
    void anOperatorNeedNotWaitForASweepsTime() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.sweep(node);
        ScanJob sweep = ScanJob.sweep(ScanShop.STORE);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        shop.source.put(shop.named(2, "Renamed"));

        ScanState begun = shop.backfills().startOver(sweep).orElseThrow();
        assertThat(begun.isRunning()).isTrue();
        assertThat(begun.counts().has(Tally.URGENT)).isTrue();
        assertThat(shop.backfills().startOver(sweep)).as("while it runs").contains(begun);
        shop.sweep(node);

        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactly("2");
    }

    @Test
    void aCustomerWhoIsGoneIsDisabledThoughAClockFarAheadWroteTheRow() {
        Duration ahead = Duration.ofDays(20_000);
        shop.have(3);
        Scanner node = shop.node("a");
        shop.clock.forward(ahead);
        shop.backfilled(node);
        shop.clock.forward(ahead.negated());
        shop.source.remove(2);

        shop.clock.forward(A_DAY);
        shop.sweep(node);

        assertThat(ids(shop.sendLater())).containsExactly("2");
    }

    @Test
    void aCustomerWhoIsGoneIsDisabledAndItsRowGoesAfterTheRetentionTime() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.remove(2);
        shop.clock.forward(A_DAY);

        shop.sweep(node);

        List<Claim> sent = shop.sendLater();
        assertThat(ids(sent)).containsExactly("2");
        assertThat(sent.get(0).payload())
                .contains("\"account_status\":\"disabled\"")
                .doesNotContain("example.com");

        shop.clock.forward(A_DAY);
        shop.sweep(node);
        assertThat(shop.row(2).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);

        shop.clock.forward(shop.settings.leavers().retention());
        shop.sweep(node);
        assertThat(shop.row(2)).isEmpty();
        assertThat(shop.row(1)).isPresent();
        assertThat(shop.sendLater()).isEmpty();
    }

    @Test
    void aCustomerWhoIsGoneMayBeIgnoredButItsRowGoesAllTheSame() {
        shop.settings = shop.settings.withLeavers(
                new ScanSettings.Leavers(Leaving.IGNORE, Duration.ofMinutes(10), Duration.ofDays(30)));
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.remove(2);

        shop.clock.forward(A_DAY);
        shop.sweep(node);
        assertThat(shop.sendLater()).isEmpty();
        assertThat(shop.row(2)).isPresent();

        shop.forgotten.clear();
        shop.clock.forward(Duration.ofDays(31));
        shop.sweep(node);
        assertThat(shop.row(2)).isEmpty();
        assertThat(shop.forgotten).as("whoever returns is sent").contains(new CustomerKey(ScanShop.STORE, "2"));
    }

    @Test
    void whoIsGoneBeforeYotpoHeardOfItIsNeverSent() {
        shop.have(3);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        shop.run(node);
        shop.source.remove(2);

        shop.clock.forward(A_DAY);
        shop.sweep(node);

        assertThat(shop.row(2)).isEmpty();
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void whoIsOlderThanThePluginIsLeftToTheBackfillAndOnceThatIsDoneIsOneWhoseEventWasLost() {
        Scanner node = shop.node("a");
        shop.clock.forward(A_DAY);
        shop.have(1);
        shop.source.put(older(2));
        shop.sweep(node);
        assertThat(ids(shop.sendLater())).containsExactly("1");

        shop.backfilled(node);
        shop.source.put(older(3));
        shop.clock.forward(A_DAY);
        shop.sweep(node);

        assertThat(ids(shop.sendLater())).containsExactly("3");
    }

    private CustomerSnapshot older(int id) {
        return CustomerSnapshot.of(String.valueOf(id))
                .email("c" + id + "@example.com")
                .updatedAt(MovedClock.START.minus(Duration.ofDays(1)))
                .build();
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

        shop.sweep(node);

        assertThat(shop.sendLater())
                .filteredOn(claim -> claim.key().customerId().equals("2"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.payload()).contains("Back"));
    }
}
