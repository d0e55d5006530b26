package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class YotpoSyncAutoConfigurationTest {

    private static final StoreKey DEFAULT = StoreKey.DEFAULT;

    @Test
    void oneDependencyAndThreePropertiesAreEnough(CapturedOutput log) {
        Hosts.withOneStore().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(CustomerSync.class);
            assertThat(log).containsOnlyOnce("Yotpo sync is active for store default");
            assertThat(log).contains("memory, what is waiting is lost when this process ends");
        });
    }

    @Test
    void switchedOffItSaysSo(CapturedOutput log) {
        Hosts.withOneStore().withPropertyValues("yotpo.sync.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CustomerSync.class);
            assertThat(log).containsOnlyOnce("Yotpo sync is inactive: yotpo.sync.enabled is false");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "0", "FALSE", "false "})
    void offIsOffInWhateverWord(String off, CapturedOutput log) {
        Hosts.withOneStore().withPropertyValues("yotpo.sync.enabled=" + off).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CustomerSync.class);
            assertThat(log).contains("Yotpo sync is inactive: yotpo.sync.enabled is false");
        });
    }

    @Test
    void aWordThatIsNoneForOnOrOffEndsTheStart() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.enabled=n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("yotpo.sync.enabled is not true or false"));
    }

    @Test
    void aShopMayHaveBeansForYotpoOfItsOwn() {
        Hosts.withOneStore()
                .withBean("yotpoClient", String.class, () -> "reviews")
                .withBean("yotpoStores", String.class, () -> "reviews")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CustomerSync.class));
    }

    @Test
    void anOutboxOfTheHostsOwnNeedsNothingBesideIt() {
        Hosts.withOneStore()
                .withBean(Outbox.class, () -> Outbox.inMemory(10))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(StoreStates.class));
    }

    @Test
    void startsItsLanesThoughTheHostIsLazy(CapturedOutput log) {
        Hosts.withOneStore()
                .withInitializer(
                        host -> host.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context.getBean(SyncLifecycle.class).isRunning()).isTrue();
                    assertThat(log).contains("Yotpo sync is active");
                });
    }

    @Test
    void needsNeitherBroadleafNorSpringsTransactions() {
        Hosts.withOneStore()
                .withClassLoader(new FilteredClassLoader("org.broadleafcommerce", "org.springframework.transaction"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("yotpoSyncCustomerPersistedListener");
                    assertThat(context).hasBean("yotpoSyncCustomerSavedListener");
                });
    }

    @Test
    void listensToBroadleafWhereItIs() {
        Hosts.withOneStore().run(context -> assertThat(context).hasBean("yotpoSyncCustomerPersistedListener"));
    }

    @Test
    void theApplicationEventIsTheWayInForOtherShops() {
        Hosts.withOneStore().run(context -> {
            context.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            assertThat(context.getBean(Outbox.class).find(new CustomerKey(DEFAULT, "42")))
                    .isPresent();
        });
    }

    @Test
    void aStoreIsSwitchedAtRunTime() {
        Hosts.withOneStore().run(context -> {
            CustomerSync sync = context.getBean(CustomerSync.class);
            context.getBean(StoreSwitch.class).disable(DEFAULT);
            sync.accept(CustomerSnapshot.of("1").build());
            context.getBean(StoreSwitch.class).enable(DEFAULT);
            sync.accept(CustomerSnapshot.of("2").build());

            Outbox outbox = context.getBean(Outbox.class);
            assertThat(outbox.find(new CustomerKey(DEFAULT, "1"))).isEmpty();
            assertThat(outbox.find(new CustomerKey(DEFAULT, "2"))).isPresent();
        });
    }

    @Test
    void theHostsOwnBeansTakePrecedence() {
        Hosts.withOneStore()
                .withUserConfiguration(OwnStates.class)
                .run(context -> assertThat(context.getBean(StoreStates.class)).isSameAs(context.getBean("ours")));
    }

    @Test
    void endsItsThreadsWithTheHost() {
        SyncRuntime[] runtime = new SyncRuntime[1];
        Hosts.withOneStore().run(context -> runtime[0] = context.getBean(SyncRuntime.class));

        assertThat(runtime[0].threads().isShutdown()).isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStates {

        @Bean
        StoreStates ours() {
            return StoreStates.inMemory();
        }
    }
}
