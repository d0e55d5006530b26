package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With Broadleaf's {@code blApplicationEventMulticastTaskExecutor}, which takes all events to threads of its own. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:on-an-executor",
            "sample.sandbox.visibility-delay=0s",
            "yotpo.sync.defaults.identifier.phone-number=true",
            "yotpo.sync.defaults.settle=10ms"
        })
class EventsOnAnExecutorIT {

    private static final int PORT = FreePort.find();
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private Recorder recorder;

    @Autowired
    @Qualifier("blCustomerService")
    private CustomerService customers;

    @Autowired
    private TransactionTemplate transaction;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void aSaveIsTakenForTheSiteOfItsRequestWhichTheExecutorCarriesOver() {
        String id = shop.register("eu-shop", Forms.full("a@example.com"));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sandbox.find("sandbox-eu", id)).isPresent());
        assertThat(sandbox.find("sandbox-default", id)).isEmpty();
        assertThat(recorder.heard.get(Long.valueOf(id))).isEqualTo(new Heard(true, false));
    }

    @Test
    void whatIsNotLoadedIsReadAgainAndTheSavingThreadsSessionIsLeftAlone() {
        String id = shop.register("", Forms.full("b@example.com"));
        await().atMost(LONG).until(() -> shop.state(id, "default").equals("delivered"));
        sandbox.reset();

        Customer saved = Objects.requireNonNull(transaction.execute(status -> {
            Customer customer = customers.readCustomerById(Long.valueOf(id));
            customer.setFirstName("C");
            return customers.saveCustomer(customer);
        }));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sandbox.find("sandbox-default", id))
                        .get()
                        .satisfies(held -> {
                            assertThat(held.customer().path("first_name").asText())
                                    .isEqualTo("C");
                            assertThat(held.customer().at("/address/city").asText())
                                    .isEqualTo("Berlin");
                            assertThat(held.customer().path("phone_number").asText())
                                    .isEqualTo("+4930901820");
                        }));
        assertThat(Hibernate.isInitialized(saved.getCustomerPhones())).isFalse();
        assertThat(Hibernate.isInitialized(saved.getCustomerAddresses())).isFalse();
    }

    record Heard(boolean onTheExecutor, boolean inATransaction) {}

    static final class Recorder implements ApplicationListener<CustomerPersistedEvent> {

        final Map<Long, Heard> heard = new ConcurrentHashMap<>();

        @Override
        public void onApplicationEvent(CustomerPersistedEvent event) {
            heard.put(
                    event.getCustomer().getId(),
                    new Heard(
                            Thread.currentThread().getName().startsWith("bl-events-"),
                            TransactionSynchronizationManager.isActualTransactionActive()));
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Broadleaf {

        @Bean
        ThreadPoolTaskExecutor blApplicationEventMulticastTaskExecutor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            executor.setThreadNamePrefix("bl-events-");
            executor.setTaskDecorator(Broadleaf::carryOver);
            return executor;
        }

        private static Runnable carryOver(Runnable task) {
            BroadleafRequestContext ofTheRequest = BroadleafRequestContext.getBroadleafRequestContext();
            return () -> {
                BroadleafRequestContext.setBroadleafRequestContext(ofTheRequest);
                try {
                    task.run();
                } finally {
                    BroadleafRequestContext.setBroadleafRequestContext(null);
                }
            };
        }

        @Bean
        SimpleApplicationEventMulticaster applicationEventMulticaster(
                @Qualifier("blApplicationEventMulticastTaskExecutor") ThreadPoolTaskExecutor executor) {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setTaskExecutor(executor);
            return multicaster;
        }

        @Bean
        Recorder recorder() {
            return new Recorder();
        }
    }
}
