package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static io.yotposync.scan.ScanShop.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanSettings.Leaving;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scan that would alter, disable or forget many stops and asks, and goes on when it is told. */
class TripwireQuestionsTest {

    private final ScanShop shop = new ScanShop();

    @Test
    void theTripwireAsksWithNumbersAndFiveMaskedExamplesAndGoesOnWhenTold() {
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(10, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(shop.named(id, "Broken")));

        shop.backfills().start(ScanShop.STORE);
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.ASKING);
        assertThat(shop.backfill().question())
                .startsWith("It would alter 10 of the first 10 customers (100.0 %)")
                .contains("customer 1: first_name", "customer 5: first_name")
                .doesNotContain("customer 6", "Broken", "example.com");
        assertThat(shop.sendLater()).isEmpty();

        shop.backfills().proceed(ScanJob.backfill(ScanShop.STORE));
        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.sendLater()).hasSize(30);
    }

    @Test
    void theTripwireAsksBeforeItDisablesMany() {
        sweepOfThirtyWhoAreGone();

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question()).contains("It would disable 30 of the first 30 customers");
        assertThat(shop.sendLater()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theTripwireAsksBeforeManyAreForgottenWhomYotpoIsNotTold(Leaving leavers) {
        shop.settings = shop.settings
                .withLeavers(new ScanSettings.Leavers(leavers, Duration.ofMinutes(10), Duration.ofDays(30)))
                .withPace(new ScanSettings.Pace(100, Duration.ZERO, 1000))
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
        shop.sweep(node);

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question()).contains("It would forget 30 of the first 30 customers");
        assertThat(shop.row(1)).isPresent();
    }

    @Test
    void theTripwireAsksBeforeItDisablesManyWhoSeemToBeAnonymous() {
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(100, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(nobody(id)));

        shop.clock.forward(A_DAY);
        shop.sweep(node);

        ScanState asking = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(asking.status()).isEqualTo(ScanStatus.ASKING);
        assertThat(asking.question())
                .contains("It would disable 30 of the first 30 customers")
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
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(100, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.source.counts = false;
        shop.have(100);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.clock.forward(shop.settings.catchUp().changesEvery());
        IntStream.rangeClosed(1, 10).forEach(id -> shop.source.put(changed(id)));

        shop.run(node);

        assertThat(shop.scans.find(ScanJob.changes(ScanShop.STORE)).map(ScanState::status))
                .contains(ScanStatus.DONE);
        assertThat(shop.sendLater()).hasSize(10);
    }

    @Test
    void aScanOfChangesCountsTheWholeLedgerOnceAndOnceMoreBeforeItAsks() {
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(10, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.outbox = mock(Outbox.class, delegatesTo(shop.outbox));
        shop.have(100);
        Scanner node = shop.node("a");
        shop.backfilled(node);

        shop.clock.forward(shop.settings.catchUp().changesEvery());
        IntStream.rangeClosed(1, 20).forEach(id -> shop.source.put(changed(id)));
        shop.run(node);

        assertThat(shop.sendLater()).hasSize(20);
        verify(shop.outbox, times(1)).counts();

        shop.clock.forward(shop.settings.catchUp().changesEvery());
        IntStream.rangeClosed(21, 60).forEach(id -> shop.source.put(changed(id)));
        shop.run(node);

        assertThat(shop.scans.find(ScanJob.changes(ScanShop.STORE)).map(ScanState::question))
                .hasValueSatisfying(question -> assertThat(question).contains("of 100 customers"));
        verify(shop.outbox, times(3)).counts();
    }

    private CustomerSnapshot changed(int id) {
        return CustomerSnapshot.of(String.valueOf(id))
                .email("c" + id + "@example.com")
                .name("Changed", "B")
                .updatedAt(shop.clock.instant())
                .build();
    }

    @Test
    void whatTheTripwireAskedAboutCanBeCorrectedAndMeasuredAnew() {
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(10, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        IntStream.rangeClosed(1, 30).forEach(id -> shop.source.put(shop.named(id, "Broken")));
        shop.clock.forward(A_DAY);
        shop.sweep(node);
        ScanJob sweep = ScanJob.sweep(ScanShop.STORE);
        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.ASKING);

        shop.have(29);
        shop.backfills().startOver(sweep);
        shop.sweep(node);

        assertThat(shop.scans.find(sweep).map(ScanState::status)).contains(ScanStatus.DONE);
        assertThat(ids(shop.sendLater())).containsExactly("30");
    }

    @Test
    void aScanThatWasStoppedWhileItAskedIsAnsweredByGoingOn() {
        Scanner node = sweepOfThirtyWhoAreGone();
        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().status())
                .isEqualTo(ScanStatus.ASKING);

        shop.backfills().stop(ScanJob.sweep(ScanShop.STORE));
        shop.backfills().proceed(ScanJob.sweep(ScanShop.STORE));
        shop.sweep(node);

        assertThat(shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().status())
                .isEqualTo(ScanStatus.DONE);
    }

    private Scanner sweepOfThirtyWhoAreGone() {
        shop.settings = shop.settings
                .withPace(new ScanSettings.Pace(100, Duration.ZERO, 1000))
                .withTripwire(new Tripwire(0.2, 8));
        shop.have(30);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.source.customers.clear();
        shop.clock.forward(A_DAY);
        shop.sweep(node);
        return node;
    }
}
