package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.ids;
import static io.yotposync.scan.ScanShop.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A backfill looks at every customer once, writes what differs, and lets live saves go before. */
class BackfillTest {

    private final ScanShop shop = new ScanShop();

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
        shop.settings = ScanSettings.DEFAULTS.withPace(new ScanSettings.Pace(2, Duration.ofMillis(100), 3));
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);

        shop.run(node);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isEqualTo(4);

        shop.sendLater();
        shop.run(node);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isEqualTo(7);
    }

    @Test
    void whoFindsNoRoomIsNotPassedOver() {
        ScanShop small = new ScanShop(List.of(Samples.store(ScanShop.STORE.value())), 3);
        small.have(5);
        Scanner node = small.node("a");
        small.backfills().start(ScanShop.STORE);

        Set<String> sent = new LinkedHashSet<>();
        for (int round = 1; round <= 20 && small.backfill().status() != ScanStatus.DONE; round++) {
            small.clock.forward(node.round());
            if (round % 4 == 0) {
                sent.addAll(ids(small.sendLater()));
            }
        }
        sent.addAll(ids(small.sendLater()));

        assertThat(small.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(sent).containsExactlyInAnyOrderElementsOf(upTo(5));
    }

    @Test
    void aBackfillRestsBetweenTwoBatches() {
        shop.have(7);
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        assertThat(node.round()).isEqualTo(shop.settings.pace().pause());

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
    void aScanNeverTakesWhatWasReadBeforeItBegan() {
        Scanner node = shop.node("a");
        shop.run(node);
        shop.have(3);

        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(3);
    }

    @Test
    void aScanNeverTakesWhatWasReadBeforeTheClockWasPutBack() {
        Scanner node = shop.node("a");
        shop.sweep(node);
        shop.clock.forward(Duration.ofMinutes(3));
        shop.backfills().startOver(ScanJob.sweep(ScanShop.STORE));
        node.round();
        shop.have(3);

        shop.clock.forward(Duration.ofMinutes(-3));
        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().counts().of(Tally.SCANNED)).isEqualTo(3);
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
    void aConsentThatAStoppedBackfillWasToTellIsHeldBackIfSoAsked() {
        shop.have(7);
        shop.backfills().start(ScanShop.STORE, true);
        shop.backfills().stop(ScanShop.STORE);

        shop.backfills().start(ScanShop.STORE, false);

        assertThat(shop.backfill().counts().has(Tally.WITH_CONSENT)).isFalse();
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
    void aBackfillThatBeginsAnewTellsConsentsOnlyIfTheSettingsSaySo() {
        shop.backfills().start(ScanShop.STORE, true);
        shop.backfills().stop(ScanShop.STORE);

        assertThat(shop.backfills().startOver(ScanJob.backfill(ScanShop.STORE)))
                .hasValueSatisfying(begun ->
                        assertThat(begun.counts().has(Tally.WITH_CONSENT)).isFalse());

        shop.settings = shop.settings.withConsent(true);
        shop.backfills().stop(ScanShop.STORE);
        assertThat(shop.backfills().startOver(ScanJob.backfill(ScanShop.STORE)))
                .hasValueSatisfying(begun ->
                        assertThat(begun.counts().has(Tally.WITH_CONSENT)).isTrue());
    }

    @Test
    void aBackfillThatIsDoneIsBegunByStartAlone() {
        shop.have(1);
        shop.backfilled(shop.node("a"));

        assertThat(shop.backfills().startOver(ScanJob.backfill(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
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
}
