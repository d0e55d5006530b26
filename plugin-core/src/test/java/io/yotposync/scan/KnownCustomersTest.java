package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.StoreSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownCustomersTest {

    private static final StoreSettings DEFAULT = Samples.store("default");
    private static final StoreSettings EU = Samples.store("eu");
    private static final StoreSettings ALL = Samples.store("all").withSite(StoreSettings.EVERY_SITE);

    private final ScanShop shop = new ScanShop(List.of(DEFAULT, EU, ALL));
    private final CustomerSnapshot customer = Samples.full("7").build();

    private boolean belongs(CustomerSnapshot who, StoreSettings store) {
        return KnownCustomers.of(shop.ports(), List.of(who)).belongs(who, store);
    }

    @Test
    void aCustomerWithoutSiteBelongsToTheStoresThatTheLedgerHasItIn() {
        shop.sync.accept(Samples.full("7").site("eu").build());

        assertThat(belongs(customer, EU)).isTrue();
        assertThat(belongs(customer, ALL)).isTrue();
        assertThat(belongs(customer, DEFAULT)).isFalse();
    }

    @Test
    void aNewOneWithoutSiteBelongsToTheDefaultStore() {
        assertThat(belongs(customer, DEFAULT)).isTrue();
        assertThat(belongs(customer, ALL)).isTrue();
        assertThat(belongs(customer, EU)).isFalse();
    }

    @Test
    void aSiteThatTheCustomerNamesGoesBeforeTheLedger() {
        shop.sync.accept(Samples.full("7").site("eu").build());

        assertThat(belongs(Samples.full("7").site("default").build(), EU)).isFalse();
    }
}
