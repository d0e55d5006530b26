package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResendingTest {

    private final ScanShop shop = new ScanShop();
    private final Resending resending = new Resending(shop.ports(), shop.settings, shop.preparation, shop.prints);

    @Test
    void whatIsInSyncIsSentOnceMore() {
        save(shop.customer(1));

        assertThat(resending.again(Samples.store("default"), List.of("1"))).containsExactly("1");

        assertThat(shop.sendLater()).hasSize(1);
    }

    /** As of a host that tells no times, in the second of its save. */
    @Test
    void anOperatorsWordOverrulesTheRowsTime() {
        CustomerSnapshot timeless =
                CustomerSnapshot.of("1").email("c1@example.com").build();
        save(timeless.saidAt(shop.clock.instant().plusSeconds(60)));
        shop.source.put(timeless);

        assertThat(resending.again(Samples.store("default"), List.of("1"))).containsExactly("1");

        assertThat(shop.sendLater()).hasSize(1);
    }

    private void save(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
        assertThat(shop.sendLater()).hasSize(1);
    }
}
