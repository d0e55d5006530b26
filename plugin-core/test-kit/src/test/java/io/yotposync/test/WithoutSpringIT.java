package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.YotpoSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import io.yotposync.test.sandbox.Faults;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No Spring is on the class path here. */
@Tag("long")
class WithoutSpringIT {

    private static final CustomerKey CUSTOMER = new CustomerKey(StoreKey.DEFAULT, "4711");

    @RegisterExtension
    final YotpoSandboxExtension yotpo = YotpoSandboxExtension.create();

    private volatile String secret = "yesterday's";

    @Test
    void theReadmesTenLinesSendACustomer() {
        tenLines(yotpo.url(), "default", YotpoSandboxExtension.SECRET);

        assertThat(yotpo.awaitCustomer("4711").path("email").asText()).isEqualTo("a@example.com");
    }

    private static void tenLines(URI url, String appKey, String secret) {
        // README: without Spring
        try (YotpoSync yotpo = YotpoSync.builder()
                .store("default", appKey, secret)
                .baseUrl(url) // left out, it is Yotpo's own
                .start()) {
            yotpo.accept(CustomerSnapshot.of("4711").email("a@example.com").build());
        }
        // end
    }

    @Test
    void everythingThatCanBeGivenIsUsed() {
        Outbox outbox = Outbox.inMemory(10);
        try (YotpoSync sync = YotpoSync.builder()
                .store("default", "default", YotpoSandboxExtension.SECRET)
                .baseUrl(yotpo.url())
                .outbox(outbox, StoreStates.inMemory())
                .customizer((payload, customer, store) -> payload.set(CustomerProperty.TAGS, "gold"))
                .drain(Duration.ofSeconds(5))
                .start()) {
            sync.stores().pause(StoreKey.DEFAULT, "to see what waits");
            sync.customers().accept(CustomerSnapshots.registered("4711").build());
            assertThat(sync.outbox().find(CUSTOMER))
                    .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(LedgerStatus.PENDING));
            sync.stores().resume(StoreKey.DEFAULT);

            assertThat(yotpo.awaitCustomer("4711").path("tags").asText()).isEqualTo("gold");
        }
        assertThat(outbox.find(CUSTOMER))
                .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(LedgerStatus.IN_SYNC));
    }

    @Test
    void aChangedSecretIsUsedWithoutARestart() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        try (YotpoSync sync = YotpoSync.builder()
                .store("default", "default", secret)
                .credentials(store -> new Credentials("default", secret))
                .listener(new SyncListener() {
                    @Override
                    public void held(StoreKey store, Failure failure) {
                        refused.countDown();
                    }
                })
                .baseUrl(yotpo.url())
                .start()) {
            sync.accept(CustomerSnapshots.registered("4711").build());
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();

            secret = YotpoSandboxExtension.SECRET;

            assertThat(yotpo.awaitCustomer("4711").path("external_id").asText()).isEqualTo("4711");
        }
    }

    @Test
    void anOutageIsOneThoughEveryAnswerTellsOfTheRate() throws InterruptedException {
        CountDownLatch outage = new CountDownLatch(1);
        CountDownLatch recovered = new CountDownLatch(1);
        try (YotpoSync sync = YotpoSync.builder()
                .store("default", "default", YotpoSandboxExtension.SECRET)
                .listener(new SyncListener() {
                    @Override
                    public void outage(StoreKey store) {
                        outage.countDown();
                    }

                    @Override
                    public void recovered(StoreKey store) {
                        recovered.countDown();
                    }
                })
                .baseUrl(yotpo.url())
                .start()) {
            yotpo.failNext(1000, 503);
            sync.accept(CustomerSnapshots.registered("4711").build());
            sync.accept(CustomerSnapshots.registered("4712").build());
            sync.accept(CustomerSnapshots.registered("4713").build());
            assertThat(outage.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sync.outbox().find(CUSTOMER))
                    .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(LedgerStatus.PENDING));

            yotpo.faults(Faults.NONE);

            assertThat(recovered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(yotpo.awaitCustomer("4711").path("external_id").asText()).isEqualTo("4711");
        }
    }

    @Test
    void wrongSettingsAreSaidAtOnce() {
        assertThatThrownBy(() -> YotpoSync.builder()
                        .store("default", "app", "secret")
                        .baseUrl(URI.create("http://example.com"))
                        .start())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("https");
    }
}
