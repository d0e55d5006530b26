package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
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
            return new Customers(sync);
        }
    }

    private record Customers(CustomerSync sync) implements CustomerSource {

        @Override
        public List<String> idsAfter(@Nullable String after, int max) {
            return List.of();
        }

        @Override
        public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
            return List.of();
        }

        @Override
        public OptionalLong count() {
            return OptionalLong.of(0);
        }

        @Override
        public Optional<CustomerSnapshot> find(String id) {
            return Optional.empty();
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
