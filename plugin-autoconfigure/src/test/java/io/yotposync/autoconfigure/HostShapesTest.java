package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.yotposync.CustomerSync;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.YotpoClient;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.Lanes;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.readback.ReadBack;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.net.http.HttpClient;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.interceptor.PerformanceMonitorInterceptor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hosts that are put together in their own way start and are served all the same. */
class HostShapesTest {

    @Test
    void whoTellsCustomersMayBeWhoReadsThem() {
        Hosts.withOneStore().withUserConfiguration(Shop.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1").build()));
            assertThat(context.getBean(Outbox.class).find(new CustomerKey(StoreKey.DEFAULT, "1")))
                    .isPresent();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        CustomerSource shopCustomers(CustomerSync sync) {
            return mock(CustomerSource.class); // made with what in the end reads from it
        }
    }

    @Test
    void anOutboxOfTheHostsMayBeMadeWithWhatIsKeptBesideIt() {
        Hosts.withOneStore().withUserConfiguration(OwnOutbox.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1").build()));
            assertThat(context.getBean(Outbox.class).find(new CustomerKey(StoreKey.DEFAULT, "1")))
                    .isPresent();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnOutbox {

        @Bean
        Outbox shopOutbox(AuditLog audit, StoreStates states) {
            assertThat(audit).isNotNull();
            assertThat(states).isNotNull();
            return Outbox.inMemory(10, FieldDigest.none());
        }
    }

    @Test
    void aClientThatIsDeclaredAsAnyLooksCustomersUpIfItCan() {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .withUserConfiguration(BehindAProxy.class)
                .run(context -> assertThat(
                                context.getBeanProvider(ReadBack.class).getIfAvailable())
                        .isNotNull());
    }

    @Configuration(proxyBeanMethods = false)
    static class BehindAProxy {

        @Bean
        YotpoClient yotpoBehindAProxy(Lanes lanes) {
            return new HttpYotpoClient(HttpClient.newHttpClient(), lanes, Clock.systemUTC());
        }
    }

    @Test
    void withAClientThatCannotLookCustomersUpNobodyAsksItTo() {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .withBean(YotpoClient.class, () -> mock(YotpoClient.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanProvider(ReadBack.class).getIfAvailable())
                            .isNull();
                });
    }

    /** As {@code @MockBean} and {@code @MockitoBean} do, when the conditions have long been answered. */
    @Test
    void aTestOfAShopsMayPutAMockInThePlaceOfTheClient() {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> {
                    BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
                    registry.removeBeanDefinition("yotpoSyncClient");
                    registry.registerBeanDefinition(
                            "yotpoSyncClient",
                            new RootBeanDefinition(YotpoClient.class, () -> mock(YotpoClient.class)));
                }))
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** As older shops do, to see how long each takes. */
    @Test
    void listenersMayBeBehindProxiesOfTheirInterfaces() {
        Hosts.withOneStore()
                .withBean("timing", PerformanceMonitorInterceptor.class)
                .withBean(BeanNameAutoProxyCreator.class, () -> {
                    BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
                    proxies.setBeanNames("*Listener");
                    proxies.setInterceptorNames("timing");
                    return proxies;
                })
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.publishEvent(
                            new CustomerSaved(CustomerSnapshot.of("1").build()));
                    assertThat(context.getBean(Outbox.class).find(new CustomerKey(StoreKey.DEFAULT, "1")))
                            .isPresent();
                });
    }
}
