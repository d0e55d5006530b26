package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import java.time.Duration;
import java.util.List;

/** A shop with one customer, of whom nothing personal may be left. */
abstract class AnonymisedScene {

    static final String DISABLED = "{\"customer\":{\"external_id\":\"1\",\"account_status\":\"disabled\"}}";

    ScanShop shop = new ScanShop();
    Scanner node = shop.node("a");

    void in(ScanShop another) {
        shop = another;
        node = another.node("a");
    }

    ScanCounts counts() {
        return shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().counts();
    }

    static CustomerSnapshot.Builder somebody() {
        return CustomerSnapshot.of("1").email("c1@example.com").name("A", "B");
    }

    CustomerSnapshot nobody() {
        return CustomerSnapshot.of("1").updatedAt(shop.clock.instant()).build();
    }

    /** A while ago. */
    void known(CustomerSnapshot.Builder customer) {
        save(customer.updatedAt(shop.clock.instant()).build());
        assertThat(sent()).hasSize(1);
        shop.backfilled(node);
        shop.clock.forward(Duration.ofHours(1));
    }

    void save(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
    }

    void sweep() {
        shop.clock.forward(A_DAY);
        shop.sweep(node);
    }

    List<String> sent() {
        return shop.sendLater().stream().map(Claim::payload).toList();
    }
}
