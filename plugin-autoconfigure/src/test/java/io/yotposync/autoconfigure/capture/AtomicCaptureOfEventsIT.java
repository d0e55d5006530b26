package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.Ordered;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** Shops that are not Broadleaf: {@link CustomerSaved} in a transaction on the outbox's own DataSource. */
@ExtendWith(OutputCaptureExtension.class)
class AtomicCaptureOfEventsIT {

    private static final String ATOMIC = "yotpo.sync.outbox.capture=atomic";

    private final DataSource database = memory();

    @Test
    void theRowIsCommittedWithTheHostsTransaction() {
        host().run(context -> {
            Boolean[] seen = {null};
            in(database, () -> {
                save(context, "1");
                afterCommit(() -> seen[0] = rowSeenByOthers(context, "1"));
            });

            assertThat(seen[0]).isTrue();
        });
    }

    @Test
    void aRollbackTakesTheRowBack() {
        host().run(context -> {
            TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(database));
            assertThatIllegalStateException()
                    .isThrownBy(() -> host.executeWithoutResult(status -> {
                        save(context, "1");
                        failBeforeCommit();
                    }));

            assertThat(rowSeenByOthers(context, "1")).isFalse();
        });
    }

    @Test
    void theLastOfSeveralStatesInATransactionIsWritten() {
        host().run(context -> {
            in(database, () -> {
                context.publishEvent(new CustomerSaved(
                        CustomerSnapshot.of("1").name("A", "B").build()));
                context.publishEvent(new CustomerSaved(
                        CustomerSnapshot.of("1").name("C", "D").build()));
            });

            assertThat(payloads()).singleElement().asString().contains("\"C\"");
        });
    }

    @Test
    void aTransactionOnAnotherDataSourceIsHandedOverAfterItsCommit() {
        DataSource other = memory();
        host().run(context -> {
            in(other, () -> save(context, "1"));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
        });
    }

    /** Rows written over the outer one's connection would be rolled back with it, though the customer is saved. */
    @Test
    void aTransactionInsideAnothersThatIsRolledBackIsHandedOverAfterItsOwnCommit() {
        DataSource other = memory();
        host().run(context -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> in(database, () -> {
                        new JdbcTemplate(database).queryForObject("SELECT 1", Integer.class);
                        in(other, () -> save(context, "1"));
                        throw new IllegalStateException("the host changes its mind");
                    }));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
        });
    }

    /** As of a pool whose connections have no autocommit: nobody would commit what is written over it. */
    @Test
    void aConnectionThatWasOnlyReadOverInAnothersTransactionIsNotWrittenOver() {
        DataSource other = memory();
        DataSource reading = withoutAutocommit(database);
        Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> reading)
                .withPropertyValues(ATOMIC)
                .run(context -> {
                    in(other, () -> {
                        new JdbcTemplate(reading).queryForObject("SELECT 1", Integer.class);
                        save(context, "1");
                    });

                    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
                });
    }

    /** Nobody tells which pools take part in a transaction of JTA's; this one does not, and so rolls back what is left. */
    @Test
    void whatWasWrittenOverAPoolThatTakesNoPartInJtasTransactionIsHandedOverToo() {
        DataSource alone = rollingBack(database);
        JtaTransactionManager jta = new JtaTransactionManager(new JtaOfNothing());
        Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> alone)
                .withBean("transactionManager", PlatformTransactionManager.class, () -> jta)
                .withPropertyValues(ATOMIC)
                .run(context -> {
                    new TransactionTemplate(jta).executeWithoutResult(status -> {
                        new JdbcTemplate(alone).queryForObject("SELECT 1", Integer.class);
                        save(context, "1");
                    });

                    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
                });
    }

    private static final class JtaOfNothing implements UserTransaction {

        private int status = Status.STATUS_NO_TRANSACTION;

        @Override
        public void begin() {
            status = Status.STATUS_ACTIVE;
        }

        @Override
        public void commit() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void rollback() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }

    /** As pools do when a connection comes back with something uncommitted. */
    private static DataSource rollingBack(DataSource real) {
        return new DelegatingDataSource(withoutAutocommit(real)) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, args) -> {
                            if (called.getName().equals("close")) {
                                connection.rollback();
                            }
                            return called.invoke(connection, args);
                        });
            }
        };
    }

    private static DataSource withoutAutocommit(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatAHostsBeanSavesWhenItIsDestroyedIsNotLost(String capture) {
        Outbox[] outbox = new Outbox[1];
        host().withBean(LastWill.class, () -> new LastWill(database))
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
            in(database, () -> save(host, "1"));
        }
    }

    @Test
    void aTableThatIsGoneFailsNoTransaction(CapturedOutput log) {
        host().run(context -> {
            JdbcTemplate jdbc = new JdbcTemplate(database);
            jdbc.execute("CREATE TABLE shop (id INTEGER PRIMARY KEY)");
            jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO hidden");

            in(database, () -> {
                jdbc.update("INSERT INTO shop VALUES (1)");
                save(context, "1");
            });

            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM shop", Integer.class))
                    .isOne();
            assertThat(log).contains("customers cannot be written in the host's transactions");
            jdbc.execute("ALTER TABLE hidden RENAME TO yotpo_customer_sync");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
        });
    }

    @Test
    void outsideOfATransactionACustomerIsHandedOver() {
        host().run(context -> {
            save(context, "1");

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatIsSaidAfterTheCommitIsHandedOver(String capture) {
        host().withPropertyValues("yotpo.sync.outbox.capture=" + capture).run(context -> {
            in(database, () -> afterCommit(() -> save(context, "1")));
            in(database, () -> {
                save(context, "2");
                afterCommit(Ordered.LOWEST_PRECEDENCE, () -> save(context, "3"));
            });

            for (String each : List.of("1", "2", "3")) {
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, each));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aCustomerOfTwoSitesIsTakenUpForBoth(String capture) {
        host().withPropertyValues(
                        "yotpo.sync.outbox.capture=" + capture,
                        "yotpo.sync.stores.eu.app-key=app-2",
                        "yotpo.sync.stores.eu.secret=secret-2")
                .run(context -> {
                    in(database, () -> {
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").site("default").build()));
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").site("eu").build()));
                    });

                    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "1"));
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> context.getBean(Outbox.class)
                                    .find(new CustomerKey(new StoreKey("eu"), "1"))
                                    .isPresent());
                });
    }

    @Test
    void ofSeveralStatesInATransactionAnOlderOneNeverCounts() {
        host().run(context -> {
            in(database, () -> {
                context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                        .name("New", null)
                        .sourceVersion(2_001)
                        .build()));
                context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                        .name("Old", null)
                        .sourceVersion(1_001)
                        .build()));
            });

            assertThat(payloads()).singleElement().asString().contains("\"New\"");
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
        host().withPropertyValues("yotpo.sync.outbox.capture=" + capture)
                .withBean(SyncRuntime.class, () -> new SyncRuntime(clock, SyncThreads.create()))
                .run(context -> {
                    in(database, () -> {
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").name("First", null).build()));
                        now.set(published.plusSeconds(5)); // a slow transaction
                    });
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() -> assertThat(payloads())
                                    .singleElement()
                                    .asString()
                                    .contains("First"));
                    in(
                            database,
                            () -> context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                                    .name("Second", null)
                                    .updatedAt(flushed)
                                    .build())));

                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() -> assertThat(payloads())
                                    .singleElement()
                                    .asString()
                                    .contains("Second"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatIsRolledBackToASavepointIsForgotten(String capture) {
        assumeTrue(ClassUtils.hasMethod(TransactionSynchronization.class, "savepointRollback", Object.class));
        host().withPropertyValues("yotpo.sync.outbox.capture=" + capture).run(context -> {
            TransactionTemplate nested = new TransactionTemplate(new DataSourceTransactionManager(database));
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            new TransactionTemplate(Objects.requireNonNull(nested.getTransactionManager()))
                    .executeWithoutResult(outer -> {
                        nested.executeWithoutResult(status -> {
                            save(context, "0");
                            status.setRollbackOnly();
                        });
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").name("Kept", null).build()));
                        nested.executeWithoutResult(status -> {
                            context.publishEvent(new CustomerSaved(
                                    CustomerSnapshot.of("1").name("Lost", null).build()));
                            save(context, "2");
                            status.setRollbackOnly();
                        });
                        nested.executeWithoutResult(status -> save(context, "3"));
                    });

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "3"));
            assertThat(payloads())
                    .hasSize(2)
                    .anySatisfy(payload -> assertThat(payload).contains("\"Kept\""));
            assertThat(rowSeenByOthers(context, "1")).isTrue();
        });
    }

    @Test
    void aCommitThatNobodyKnowsTheEndOfIsLeftToTheCatchUp() {
        DataSource losingAnswers = losingAnswers();
        host().withPropertyValues("yotpo.sync.outbox.capture=hand-over").run(context -> {
            assertThatThrownBy(() -> in(losingAnswers, () -> save(context, "1")))
                    .isInstanceOf(TransactionSystemException.class);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> context.getBean(StoreStates.class)
                            .get(StoreKey.DEFAULT)
                            .catchUpNeeded());
            assertThat(rowSeenByOthers(context, "1")).isFalse();
        });
    }

    /** Also what Spring says when a host's own code fails in the last flush, as a validation of its entities may. */
    @Test
    void whereCustomersCanBeReadOneOfACommitOfUnknownEndIsReadAgain(CapturedOutput log) {
        CustomerSource source = Mockito.mock(CustomerSource.class);
        Mockito.when(source.find("1"))
                .thenReturn(Optional.of(
                        CustomerSnapshot.of("1").name("Committed", null).build()));
        host().withPropertyValues("yotpo.sync.outbox.capture=hand-over")
                .withBean(CustomerSource.class, () -> source)
                .run(context -> {
                    DataSource losingAnswers = losingAnswers();
                    assertThatThrownBy(() -> in(losingAnswers, () -> {
                                save(context, "1");
                                save(context, "rolled back");
                            }))
                            .isInstanceOf(TransactionSystemException.class);

                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() -> assertThat(payloads())
                                    .singleElement()
                                    .asString()
                                    .contains("Committed"));
                    assertThat(context.getBean(StoreStates.class)
                                    .get(StoreKey.DEFAULT)
                                    .catchUpNeeded())
                            .isFalse();
                    assertThat(log).doesNotContain("the outbox takes no more");
                });
    }

    private DataSource losingAnswers() {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                return losingTheAnswer(super.getConnection());
            }
        };
    }

    private static Connection losingTheAnswer(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, args) -> {
                    Object result = called.invoke(real, args);
                    if (called.getName().equals("commit")) {
                        throw new SQLException("the connection broke");
                    }
                    return result;
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void aHostThatMulticastsOnAnExecutorIsHeardInItsTransactionAllTheSame(String capture) {
        assumeTrue(ClassUtils.hasMethod(ApplicationListener.class, "supportsAsyncExecution"));
        SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
        multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
        host().withPropertyValues("yotpo.sync.outbox.capture=" + capture)
                .withBean("applicationEventMulticaster", ApplicationEventMulticaster.class, () -> multicaster)
                .run(context -> {
                    new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult(status -> {
                        save(context, "1");
                        status.setRollbackOnly();
                    });
                    in(database, () -> {
                        save(context, "2");
                        assertThat(rowSeenByOthers(context, "2")).isFalse();
                    });

                    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rowSeenByOthers(context, "2"));
                    assertThat(rowSeenByOthers(context, "1")).isFalse();
                });
    }

    private List<String> payloads() {
        return new JdbcTemplate(database).queryForList("SELECT payload FROM yotpo_customer_sync", String.class);
    }

    @Test
    void anOutboxInMemoryEndsTheStart() {
        host().withPropertyValues("yotpo.sync.outbox.type=memory").run(AtomicCaptureOfEventsIT::isRefused);
        host().withPropertyValues("yotpo.sync.outbox.jdbc.initialize-schema=never")
                .run(AtomicCaptureOfEventsIT::isRefused);
        Hosts.withOneStore().withPropertyValues(ATOMIC).run(AtomicCaptureOfEventsIT::isRefused);
    }

    private static void isRefused(org.springframework.boot.test.context.assertj.AssertableApplicationContext context) {
        assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(
                        "yotpo.sync.outbox.capture is atomic, but the outbox is not in the host's database");
    }

    private ApplicationContextRunner host() {
        return Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> database)
                .withPropertyValues(ATOMIC);
    }

    private static void save(ApplicationContext context, String id) {
        context.publishEvent(new CustomerSaved(CustomerSnapshot.of(id).build()));
    }

    private static void in(DataSource transactional, Runnable work) {
        new TransactionTemplate(new DataSourceTransactionManager(transactional))
                .executeWithoutResult(status -> work.run());
    }

    private static void afterCommit(Runnable action) {
        afterCommit(Ordered.HIGHEST_PRECEDENCE, action);
    }

    private static void afterCommit(int order, Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public int getOrder() {
                return order;
            }

            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    /** Behind ours, so that the row has been written. */
    private static void failBeforeCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                throw new IllegalStateException("the host changes its mind");
            }
        });
    }

    private static boolean rowSeenByOthers(ApplicationContext context, String id) {
        return CompletableFuture.supplyAsync(() -> context.getBean(Outbox.class)
                        .find(new CustomerKey(StoreKey.DEFAULT, id))
                        .isPresent())
                .join();
    }

    private static DataSource memory() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }
}
