package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Customers of whom an event told only a part are read again, by whichever node heard of them. */
class RereadingTest {

    private final ScanShop shop = new ScanShop();

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
        Scanner node = aNodeWithTwoToBeReadAgain();
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
    void aPartialCustomerWhoseReadingEndsInAnErrorKeepsNoOtherFromBeingRead() {
        Scanner node = aNodeWithTwoToBeReadAgain();
        shop.source.endless.add("1");
        shop.source.read.clear();

        node.round();

        assertThat(shop.source.read).contains("2");
        ScanState sweep = shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow();
        assertThat(sweep.counts().has(Tally.URGENT)).isTrue();
    }

    @Test
    void whoWasToBeReadOnceMoreIsLeftToAScanWhereTheNodeStopsBefore() {
        Scanner node = shop.node("a");
        node.start(List.of());
        shop.rereads.rememberUnsure(shop.customer(1), nobodyReads -> {});

        node.stop(Duration.ofSeconds(5));

        assertThat(shop.storeStates.get(ScanShop.STORE).catchUpNeeded()).isTrue();
    }

    private Scanner aNodeWithTwoToBeReadAgain() {
        shop.have(2);
        Scanner node = shop.node("a");
        shop.backfilled(node);
        shop.rereads.remember(shop.customer(1));
        shop.rereads.remember(shop.customer(2));
        shop.clock.forward(Duration.ofMinutes(1));
        return node;
    }
}
