package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.Ordered;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** When a {@code CustomerSaved} may be said, with either way of capture: it is taken up all the same. */
class MomentsOfEventsIT {

    private final TransactionalShop shop = new TransactionalShop();

    @Test
    void outsideOfATransactionACustomerIsHandedOver() {
        shop.host().run(context -> {
            TransactionalShop.save(context, "1");

            TransactionalShop.awaitRow(context, "1");
        });
    }

    /** Which has synchronizations and an end as a transaction has, and nothing in it is rolled back. */
    @Test
    void inAScopeWithoutATransactionACustomerIsHandedOver() {
        TransactionTemplate scope = new TransactionTemplate(new DataSourceTransactionManager(shop.database()));
        scope.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        shop.host().run(context -> {
            scope.executeWithoutResult(status -> {
                TransactionalShop.save(context, "1");
                status.setRollbackOnly();
            });

            TransactionalShop.awaitRow(context, "1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatIsSaidOnceTheCommitHasBegunIsHandedOver(String capture) {
        shop.host().withPropertyValues("yotpo.sync.outbox.capture=" + capture).run(context -> {
            shop.in(() -> TransactionalShop.afterCommit(() -> TransactionalShop.save(context, "1")));
            shop.in(() -> {
                TransactionalShop.save(context, "2");
                TransactionalShop.afterCommit(Ordered.LOWEST_PRECEDENCE, () -> TransactionalShop.save(context, "3"));
            });

            shop.in(() -> {
                TransactionalShop.save(context, "4");
                beforeCommit(() -> TransactionalShop.save(context, "5"));
            });

            for (String each : List.of("1", "2", "3", "4", "5")) {
                TransactionalShop.awaitRow(context, each);
            }
        });
    }

    /** Behind ours, if that is there already. */
    private static void beforeCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                action.run();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aCustomerOfTwoSitesIsTakenUpForBoth(String capture) {
        shop.host()
                .withPropertyValues(
                        "yotpo.sync.outbox.capture=" + capture,
                        "yotpo.sync.stores.eu.app-key=app-2",
                        "yotpo.sync.stores.eu.secret=secret-2")
                .run(context -> {
                    shop.in(() -> {
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").site("default").build()));
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").site("eu").build()));
                    });

                    TransactionalShop.awaitRow(context, "1");
                    TransactionalShop.awaitRow(context, new StoreKey("eu"), "1");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aTransactionThatIsSuspendedKeepsItsOwnCustomers(String capture) {
        shop.host().withPropertyValues("yotpo.sync.outbox.capture=" + capture).run(context -> {
            TransactionTemplate inner = new TransactionTemplate(new DataSourceTransactionManager(shop.database()));
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            shop.in(() -> {
                TransactionalShop.save(context, "1");
                inner.executeWithoutResult(status -> {
                    TransactionalShop.save(context, "2");
                    status.setRollbackOnly();
                });
                inner.executeWithoutResult(status -> TransactionalShop.save(context, "3"));
                TransactionalShop.awaitRow(context, "3");
                assertThat(TransactionalShop.rowSeenByOthers(context, "1")).isFalse();
                TransactionalShop.save(context, "4");
            });

            TransactionalShop.awaitRow(context, "1");
            TransactionalShop.awaitRow(context, "4");
            assertThat(TransactionalShop.rowSeenByOthers(context, "2")).isFalse();
        });
    }

    /** As of an entity whose time of update is set when it is flushed: the first event has none, the second that one. */
    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aTimeThatIsToldWithTheNextSaveOnlyReplacesTheFirst(String capture) {
        Instant published = Instant.parse("2026-03-01T10:00:00.500Z");
        AtomicReference<Instant> now = new AtomicReference<>(published);
        Clock clock = Mockito.mock(Clock.class);
        Mockito.when(clock.instant()).thenAnswer(asked -> now.get());
        Instant flushed = published.plusMillis(1);
        shop.host()
                .withPropertyValues("yotpo.sync.outbox.capture=" + capture, "yotpo.sync.shutdown.drain-timeout=0s")
                .withBean(SyncRuntime.class, () -> new SyncRuntime(clock, SyncThreads.create()))
                .run(context -> {
                    shop.in(() -> {
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").name("First", null).build()));
                        now.set(published.plusSeconds(5)); // a slow transaction
                    });
                    shop.awaitPayload("First");
                    shop.in(() -> context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                            .name("Second", null)
                            .updatedAt(flushed)
                            .build())));

                    shop.awaitPayload("Second");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatAHostsBeanSavesWhenItIsDestroyedIsNotLost(String capture) {
        Outbox[] outbox = new Outbox[1];
        shop.host()
                .withBean(LastWill.class, () -> new LastWill(shop.database()))
                .withPropertyValues("yotpo.sync.outbox.capture=" + capture)
                .run(context -> {
                    context.getBean(LastWill.class).context = context.getSourceApplicationContext();
                    outbox[0] = context.getBean(Outbox.class);
                });

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        outbox[0].find(new CustomerKey(StoreKey.DEFAULT, "1")).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aHostThatMulticastsOnAnExecutorIsHeardInItsTransactionAllTheSame(String capture) {
        assumeTrue(ClassUtils.hasMethod(ApplicationListener.class, "supportsAsyncExecution"));
        SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
        multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
        shop.host()
                .withPropertyValues("yotpo.sync.outbox.capture=" + capture)
                .withBean("applicationEventMulticaster", ApplicationEventMulticaster.class, () -> multicaster)
                .run(context -> {
                    new TransactionTemplate(new DataSourceTransactionManager(shop.database()))
                            .executeWithoutResult(status -> {
                                TransactionalShop.save(context, "1");
                                status.setRollbackOnly();
                            });
                    shop.in(() -> {
                        TransactionalShop.save(context, "2");
                        assertThat(TransactionalShop.rowSeenByOthers(context, "2"))
                                .isFalse();
                    });

                    TransactionalShop.awaitRow(context, "2");
                    assertThat(TransactionalShop.rowSeenByOthers(context, "1")).isFalse();
                });
    }

    /** Made before the plugin's beans and destroyed after them, as an executor that finishes its tasks. */
    private static final class LastWill implements DisposableBean {

        private final DataSource database;
        private @Nullable ApplicationContext context;

        LastWill(DataSource database) {
            this.database = database;
        }

        @Override
        public void destroy() {
            ApplicationContext host = Objects.requireNonNull(context);
            TransactionalShop.in(database, () -> TransactionalShop.save(host, "1"));
        }
    }
}
