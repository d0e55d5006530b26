package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.yotposync.client.Outcome;
import io.yotposync.client.YotpoClient;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scans and sends have the same few threads. */
class ScansBesideSendsTest {

    @Test
    void aHostsDatabaseThatAnswersNoScanHoldsUpNoSend() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CustomerSource customers = mock(CustomerSource.class, question -> {
            asked.countDown();
            answered.await();
            throw new IllegalStateException();
        });
        YotpoClient yotpo = accepting();
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.backfill.on-start=if-never")
                .withBean(CustomerSource.class, () -> customers)
                .withBean(YotpoClient.class, () -> yotpo)
                .run(context -> {
                    try {
                        asked.await();
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").email("a@example.com").build()));
                        verify(yotpo, timeout(20_000)).upsert(any(), any());
                    } finally {
                        answered.countDown();
                    }
                });
    }

    @Test
    void howeverManyStoresThereAreTheyNeedTwoThreads() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        String[] stores = IntStream.range(0, 200)
                .boxed()
                .flatMap(i -> Stream.of(
                        "yotpo.sync.stores.s" + i + ".app-key=app-s" + i, "yotpo.sync.stores.s" + i + ".secret=secret"))
                .toArray(String[]::new);
        YotpoClient yotpo = accepting();
        Hosts.withOneStore()
                .withPropertyValues(stores)
                .withPropertyValues("yotpo.sync.backfill.on-start=if-never")
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .withBean(YotpoClient.class, () -> yotpo)
                .run(context -> {
                    for (int i = 0; i < 200; i++) {
                        context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                                .site("s" + i)
                                .email("a@example.com")
                                .build()));
                    }
                    verify(yotpo, timeout(20_000).times(200)).upsert(any(), any());

                    assertThat(Thread.getAllStackTraces().keySet())
                            .filteredOn(thread ->
                                    !before.contains(thread) && thread.getName().startsWith("yotpo"))
                            .hasSizeLessThanOrEqualTo(2);
                });
    }

    private static YotpoClient accepting() {
        YotpoClient yotpo = mock(YotpoClient.class);
        when(yotpo.upsert(any(), any())).thenReturn(CompletableFuture.completedFuture(new Outcome.Accepted(200)));
        return yotpo;
    }
}
