package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.interceptor.PerformanceMonitorInterceptor;
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
