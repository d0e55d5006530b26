package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.CustomerSync;
import io.yotposync.client.Outcome;
import io.yotposync.client.YotpoClient;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanStates;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ErasureLifecycleTest {

    private static final CustomerKey KEY = new CustomerKey(StoreKey.DEFAULT, "7");

    @Test
    void anErasureEndsWithoutCustomersToScan() {
        Hosts.withOneStore()
                .withBean(YotpoClient.class, ErasureLifecycleTest::accepting)
                .run(context -> {
                    Outbox outbox = context.getBean(Outbox.class);
                    context.getBean(CustomerSync.class)
                            .accept(CustomerSnapshot.of("7")
                                    .email("a@example.com")
                                    .build());
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> outbox.find(KEY)
                                    .filter(row -> row.status() == LedgerStatus.IN_SYNC)
                                    .isPresent());

                    assertThat(context.getBean(Erasure.class).erase("7")).hasSize(1);

                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> outbox.find(KEY).isEmpty());
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() -> assertThat(
                                            context.getBean(ScanStates.class).all())
                                    .isEmpty());
                });
    }

    @Test
    void whatScansDoesSoByTheWay() {
        ApplicationContextRunner host =
                Hosts.withOneStore().withBean(CustomerSource.class, () -> mock(CustomerSource.class));

        host.run(context -> assertThat(context).doesNotHaveBean(ErasureLifecycle.class));
        host.withPropertyValues("yotpo.sync.scan.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(ErasureLifecycle.class));
    }

    private static YotpoClient accepting() {
        YotpoClient yotpo = mock(YotpoClient.class);
        when(yotpo.upsert(any(), any())).thenReturn(CompletableFuture.completedFuture(new Outcome.Accepted(200)));
        when(yotpo.tokenAge(any())).thenReturn(Optional.empty());
        return yotpo;
    }
}
