package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.Stores;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErasureTest {

    private static final CustomerKey KEY = new CustomerKey(ScanShop.STORE, "1");

    private final ScanShop shop = new ScanShop();
    private final List<Claim> sent = new ArrayList<>();
    private final List<Desired> written = new ArrayList<>();

    private Erasure erasure(ScanStates states) {
        return erasure(states, shop.outbox);
    }

    private Erasure erasure(ScanStates states, Outbox outbox) {
        return new Erasure(
                shop.stores,
                states,
                outbox,
                shop.mapping(),
                new Erasure.Hooks(written::add, shop.forgotten::add),
                shop.clock);
    }

    private void round(Erasure erasure) {
        erasure.run(List.of(), shop.scans.all(), shop.clock.instant());
    }

    private void known() {
        shop.sync.accept(shop.customer(1));
        shop.sendLater();
        shop.clock.forward(Duration.ofSeconds(1));
    }

    @Test
    void theRowStaysUntilYotpoKnowsAndThenGoesHoweverManyNodesSeeToIt() {
        known();
        Erasure one = erasure(shop.scans);
        Erasure other = erasure(shop.scans);
        assertThat(one.erase("1")).extracting(Erasure.Receipt::done).containsExactly(Erasure.Deed.DISABLING);

        round(one);
        round(other);
        assertThat(shop.row(1)).map(LedgerRow::status).contains(LedgerStatus.PENDING);

        shop.sendLater();
        shop.forgotten.clear();
        List<ScanState> seenByBoth = shop.scans.all();
        one.run(List.of(), seenByBoth, shop.clock.instant());
        other.run(List.of(), seenByBoth, shop.clock.instant());

        assertThat(shop.row(1)).isEmpty();
        assertThat(shop.scans.all()).isEmpty();
        assertThat(shop.forgotten).as("whoever returns is sent").contains(KEY);
    }

    @Test
    void whoeverSendsHearsAtOnceOfWhatDisablesTheCustomer() {
        known();

        erasure(shop.scans).erase("1");

        assertThat(written).extracting(Desired::key).containsExactly(KEY);
    }

    @Test
    void aRoundLeavesOtherScansAsTheyAre() {
        ScanJob backfill = ScanJob.backfill(ScanShop.STORE);
        ScanState begun = ScanState.begun(backfill, Instant.EPOCH, ScanCounts.NONE, shop.clock.instant());
        shop.scans.update(backfill, none -> begun);

        round(erasure(shop.scans));

        assertThat(shop.scans.all()).containsExactly(begun);
    }

    @Test
    void aRowThatAClockFarAheadWroteGoesToo() {
        Duration ahead = Duration.ofDays(20_000);
        shop.clock.forward(ahead);
        shop.sync.accept(shop.customer(1));
        shop.clock.forward(ahead.negated());

        assertThat(erasure(shop.scans).erase("1"))
                .extracting(Erasure.Receipt::done)
                .containsExactly(Erasure.Deed.PURGED);
        assertThat(shop.row(1)).isEmpty();
    }

    @Test
    void theRowStaysOfACustomerWhoWasSavedAgainBeforeYotpoWasTold() {
        known();
        Erasure node = erasure(shop.scans);
        node.erase("1");
        shop.clock.forward(Duration.ofDays(2));
        shop.sync.accept(shop.named(1, "Back"));
        shop.sendLater();

        round(node);

        assertThat(shop.row(1)).map(LedgerRow::status).contains(LedgerStatus.IN_SYNC);
        assertThat(shop.scans.all()).isEmpty();
    }

    @Test
    void theRowStaysWhereYotpoRefusesToDisableTheCustomer() {
        known();
        Erasure node = erasure(shop.scans);
        node.erase("1");
        shop.refuse(ScanShop.STORE);

        round(node);

        assertThat(shop.row(1)).map(LedgerRow::status).contains(LedgerStatus.PARKED);
        assertThat(shop.scans.find(ScanJob.erasure(ScanShop.STORE, "1"))).isPresent();
    }

    @Test
    void whoWasSentWithoutAnAnswerMayBeAtYotpoAndTheReceiptSaysSo() {
        shop.sync.accept(shop.customer(1));
        shop.sendInVain(ScanShop.STORE);

        Erasure.Receipt receipt = erasure(shop.scans).erase("1").get(0);

        assertThat(receipt.done()).isEqualTo(Erasure.Deed.PURGED_UNTOLD);
        assertThat(receipt.left()).contains("ask Yotpo");
    }

    @Test
    void theReceiptOfAGuestTellsThatYotpoHasItByFormerContactsToo() {
        for (String email : List.of("a@example.com", "b@example.com")) {
            shop.clock.forward(Duration.ofDays(1));
            shop.sync.accept(CustomerSnapshot.of("1")
                    .registered(false)
                    .email(email)
                    .updatedAt(shop.clock.instant())
                    .build());
            shop.sendLater();
        }

        Erasure.Receipt receipt = erasure(shop.scans).erase("1").get(0);

        assertThat(receipt.identifier()).isEqualTo("email");
        assertThat(receipt.left()).contains("ask Yotpo", "known by 1 other e-mail addresses");
    }

    @Test
    void whoIsAboutToBeSentOnceMoreIsDisabledAllTheSame() {
        known();
        shop.source.put(shop.customer(1));
        shop.resending().again(shop.stores.get(ScanShop.STORE), List.of("1"));

        assertThat(erasure(shop.scans).erase("1"))
                .extracting(Erasure.Receipt::done)
                .containsExactly(Erasure.Deed.DISABLING);
    }

    @Test
    void rowsOfAStoreThatIsNoLongerConfiguredGoTooAndTheReceiptSaysThatYotpoWasNotTold() {
        known();
        Erasure elsewhere = new Erasure(
                new Stores(List.of(Samples.store("new"))),
                shop.scans,
                shop.outbox,
                shop.mapping(),
                new Erasure.Hooks(written -> {}, shop.forgotten::add),
                shop.clock);

        Erasure.Receipt receipt = elsewhere.erase("1").get(0);

        assertThat(receipt.store()).isEqualTo(ScanShop.STORE.value());
        assertThat(receipt.done()).isEqualTo(Erasure.Deed.PURGED_UNTOLD);
        assertThat(receipt.left()).contains("no longer configured", "ask Yotpo");
        assertThat(shop.row(1)).isEmpty();
        assertThat(shop.scans.all()).isEmpty();
    }

    @Test
    void whoWasNeverSentNeedsNothingOfYotpo() {
        shop.sync.accept(shop.customer(1));
        shop.clock.forward(Duration.ofSeconds(1));

        Erasure.Receipt receipt = erasure(shop.scans).erase("1").get(0);

        assertThat(receipt.done()).isEqualTo(Erasure.Deed.PURGED);
        assertThat(receipt.left()).isEmpty();
        assertThat(shop.row(1)).isEmpty();
        assertThat(shop.forgotten).as("whoever returns is sent").containsExactly(KEY);
    }

    @Test
    void whoWasRefusedIsSaidToHaveBeenRefused() {
        shop.sync.accept(shop.customer(1));
        shop.refuse(ScanShop.STORE);
        shop.clock.forward(Duration.ofSeconds(1));

        Erasure.Receipt receipt = erasure(shop.scans).erase("1").get(0);

        assertThat(receipt.done()).isEqualTo(Erasure.Deed.PURGED);
        assertThat(receipt.left()).contains("refused", "took nothing");
    }

    /** As where a customizer throws. */
    @Test
    void whoFailedBeforeYotpoWasAskedIsNotSaidToHaveBeenRefused() {
        shop.sync.accept(shop.customer(1));
        shop.endsInAFaultOfOurs(ScanShop.STORE);
        shop.clock.forward(Duration.ofSeconds(1));

        assertThat(erasure(shop.scans).erase("1"))
                .extracting(Erasure.Receipt::done, Erasure.Receipt::left)
                .containsExactly(tuple(Erasure.Deed.PURGED, ""));
    }

    @Test
    void aRoundOnAnotherNodeInTheMiddleOfARequestLeavesTheRowUntilYotpoKnows() {
        known();
        Erasure other = erasure(shop.scans);
        Erasure interrupted = erasure(new AfterEachChange(() -> round(other)));

        interrupted.erase("1");

        assertThat(shop.scans.find(ScanJob.erasure(ScanShop.STORE, "1"))).isPresent();
        shop.sendLater();
        round(other);
        assertThat(shop.row(1)).isEmpty();
    }

    @Test
    void aNodeThatIsLateDoesNotEndANewRequest() {
        known();
        Erasure node = erasure(shop.scans);
        node.erase("1");
        List<ScanState> seenEarlier = shop.scans.all();
        shop.sendLater();
        round(node);
        known();
        node.erase("1");
        shop.sendLater();

        Instant late = shop.clock.instant();
        node.run(List.of(), seenEarlier, late);

        assertThat(shop.scans.all()).hasSize(1);
        round(node);
        assertThat(shop.scans.all()).isEmpty();
        assertThat(shop.row(1)).isEmpty();
    }

    @Test
    void aRoundLooksAtAllWhoWaitForYotpoAtOnceAndDeletesThoseWhomItHasDisabled() {
        for (int id = 1; id <= 3; id++) {
            shop.sync.accept(shop.customer(id));
        }
        shop.sendLater();
        shop.clock.forward(Duration.ofSeconds(1));
        List<String> asked = new ArrayList<>();
        Erasure node = erasure(shop.scans, noting(asked));
        node.erase("1");
        node.erase("2");
        shop.sendLater();
        node.erase("3");
        asked.clear();

        round(node);

        assertThat(asked).containsExactly("marks", "forget");
        assertThat(shop.row(1)).isEmpty();
        assertThat(shop.row(2)).isEmpty();
        assertThat(shop.row(3)).isPresent();
        assertThat(shop.scans.all()).extracting(ScanState::job).containsExactly(ScanJob.erasure(ScanShop.STORE, "3"));
    }

    private Outbox noting(List<String> calls) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                    calls.add(called.getName());
                    return called.invoke(shop.outbox, args);
                });
    }

    /** The write may have begun before the round, and have waited for the database. */
    @Test
    void theRowStaysOfACustomerWhoseSaveIsWrittenInTheMiddleOfARound() {
        known();
        erasure(shop.scans).erase("1");
        shop.clock.forward(Duration.ofDays(2));
        shop.sendLater();
        shop.clock.forward(Duration.ofSeconds(1));
        Outbox inTheMiddle = (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                    Object answer = called.invoke(shop.outbox, args);
                    if (called.getName().equals("marks")) {
                        shop.sync.accept(shop.named(1, "Back"));
                    }
                    return answer;
                });

        round(erasure(shop.scans, inTheMiddle));

        assertThat(shop.row(1)).map(LedgerRow::status).contains(LedgerStatus.PENDING);
    }

    /** A request of milliseconds, while the node that erases is held up. */
    @Test
    void whoIsSentInTheMiddleOfARequestIsNotSaidToBeUnknownToYotpo() {
        shop.sync.accept(shop.customer(1));
        Outbox heldUp = (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                    boolean first = called.getName().equals("marks") && sent.isEmpty();
                    Object result = called.invoke(shop.outbox, args);
                    if (first) {
                        sent.addAll(shop.sendLater());
                    }
                    return result;
                });

        assertThat(erasure(shop.scans, heldUp).erase("1"))
                .extracting(Erasure.Receipt::done)
                .containsExactly(Erasure.Deed.BUSY);
        assertThat(sent).hasSize(1);
        assertThat(erasure(shop.scans).erase("1"))
                .extracting(Erasure.Receipt::done)
                .containsExactly(Erasure.Deed.DISABLING);
    }

    /** Another node's round, at the worst of moments. */
    private final class AfterEachChange implements ScanStates {

        private final Runnable then;

        AfterEachChange(Runnable then) {
            this.then = then;
        }

        @Override
        public Optional<ScanState> find(ScanJob job) {
            return shop.scans.find(job);
        }

        @Override
        public List<ScanState> all() {
            return shop.scans.all();
        }

        @Override
        public Optional<ScanState> update(ScanJob job, UnaryOperator<@Nullable ScanState> change) {
            Optional<ScanState> changed = shop.scans.update(job, change);
            then.run();
            return changed;
        }

        @Override
        public boolean lease(String node, Duration length, Instant now) {
            return shop.scans.lease(node, length, now);
        }

        @Override
        public void release(String node) {
            shop.scans.release(node);
        }
    }
}
