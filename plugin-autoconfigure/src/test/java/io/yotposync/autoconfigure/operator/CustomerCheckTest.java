package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.operator.CustomerCheck;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.Foresight.Seen;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomerCheckTest {

    private static final CustomerSnapshot CUSTOMER =
            CustomerSnapshot.of("7").email("c7@example.com").build();

    @Test
    void aCustomerWhoseSiteOnlyARequestKnewBelongsToTheStoreThatHasIt() {
        CustomerSource source = mock(CustomerSource.class);
        when(source.find(any())).thenReturn(Optional.of(CUSTOMER));
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.outbox.type=memory",
                        "yotpo.sync.stores.eu.app-key=app-2",
                        "yotpo.sync.stores.eu.secret=secret-2",
                        "yotpo.sync.stores.eu.site=eu")
                .withBean(CustomerSource.class, () -> source)
                .run(context -> {
                    context.getBean(CustomerSync.class)
                            .accept(CustomerSnapshot.of("7")
                                    .email("c7@example.com")
                                    .site("eu")
                                    .build());
                    CustomerCheck check = context.getBean(CustomerCheck.class);

                    assertThat(check.of(new CustomerKey(new StoreKey("eu"), "7")))
                            .extracting(Seen::next)
                            .isInstanceOf(Prepared.Ready.class);
                    assertThat(check.of(new CustomerKey(StoreKey.DEFAULT, "7")))
                            .isEqualTo(Seen.there(new Prepared.Skipped(SkipReason.OTHER_STORE)));
                });
    }

    @Test
    void saysWhetherThisNodeScans() {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .run(context ->
                        assertThat(context.getBean(CustomerCheck.class).scans()).isTrue());
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.scan.enabled=false")
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .run(context ->
                        assertThat(context.getBean(CustomerCheck.class).scans()).isFalse());
    }
}
