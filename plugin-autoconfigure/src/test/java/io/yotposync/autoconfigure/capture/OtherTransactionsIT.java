package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.jdbc.JdbcSchema;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A {@code CustomerSaved} in a transaction that is not the outbox's own, or whose end nobody knows. */
@ExtendWith(OutputCaptureExtension.class)
class OtherTransactionsIT {

    private final TransactionalShop shop = new TransactionalShop();

    @Test
    void aTransactionOnAnotherDataSourceIsHandedOverAfterItsCommit() {
        DataSource other = TransactionalShop.memory();
        shop.host().run(context -> {
            TransactionalShop.in(other, () -> TransactionalShop.save(context, "1"));

            TransactionalShop.awaitRow(context, "1");
        });
    }

    /** The tables may be there too, but nobody looks for rows in them. */
    @Test
    void aTransactionThatIsRoutedToAnotherDatabaseIsHandedOverAfterItsCommit() throws SQLException {
        DataSource other = TransactionalShop.memory();
        JdbcSchema.create(other, OutboxTables.standard());
        ThreadLocal<String> tenant = new ThreadLocal<>();
        TransactionalShop routed = new TransactionalShop(byTenant(tenant, Map.of("other", other)));
        routed.host().run(context -> {
            tenant.set("other");
            routed.in(() -> TransactionalShop.save(context, "1"));
            tenant.remove();
            Boolean[] seen = {null};
            routed.in(() -> {
                TransactionalShop.save(context, "2");
                TransactionalShop.afterCommit(() -> seen[0] = TransactionalShop.rowSeenByOthers(context, "2"));
            });
            assertThat(seen[0]).isTrue();

            TransactionalShop.awaitRow(context, "1");
            assertThat(new JdbcTemplate(other)
                            .queryForList("SELECT customer_id FROM yotpo_customer_sync", String.class))
                    .isEmpty();
        });
    }

    private DataSource byTenant(ThreadLocal<String> tenant, Map<Object, Object> others) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected @Nullable Object determineCurrentLookupKey() {
                return tenant.get();
            }
        };
        routing.setTargetDataSources(others);
        routing.setDefaultTargetDataSource(shop.database());
        routing.afterPropertiesSet();
        return routing;
    }

    /** Rows written over the outer one's connection would be rolled back with it, though the customer is saved. */
    @Test
    void aTransactionInsideAnothersThatIsRolledBackIsHandedOverAfterItsOwnCommit() {
        DataSource other = TransactionalShop.memory();
        shop.host().run(context -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> shop.in(() -> {
                        new JdbcTemplate(shop.database()).queryForObject("SELECT 1", Integer.class);
                        TransactionalShop.in(other, () -> TransactionalShop.save(context, "1"));
                        throw new IllegalStateException("the host changes its mind");
                    }));

            TransactionalShop.awaitRow(context, "1");
        });
    }

    /** As of a pool whose connections have no autocommit: nobody would commit what is written over it. */
    @Test
    void aConnectionThatWasOnlyReadOverInAnothersTransactionIsNotWrittenOver() {
        DataSource other = TransactionalShop.memory();
        DataSource reading = withoutAutocommit(shop.database());
        Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> reading)
                .withPropertyValues(TransactionalShop.ATOMIC)
                .run(context -> {
                    TransactionalShop.in(other, () -> {
                        new JdbcTemplate(reading).queryForObject("SELECT 1", Integer.class);
                        TransactionalShop.save(context, "1");
                    });

                    TransactionalShop.awaitRow(context, "1");
                });
    }

    /** Nobody tells which pools take part in a transaction of JTA's; this one does not, and so rolls back what is left. */
    @Test
    void whatWasWrittenOverAPoolThatTakesNoPartInJtasTransactionIsHandedOverToo() {
        DataSource alone = rollingBack(shop.database());
        JtaTransactionManager jta = new JtaTransactionManager(new JtaOfNothing());
        Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> alone)
                .withBean("transactionManager", PlatformTransactionManager.class, () -> jta)
                .withPropertyValues(TransactionalShop.ATOMIC)
                .run(context -> {
                    new TransactionTemplate(jta).executeWithoutResult(status -> {
                        new JdbcTemplate(alone).queryForObject("SELECT 1", Integer.class);
                        TransactionalShop.save(context, "1");
                    });

                    TransactionalShop.awaitRow(context, "1");
                });
    }

    @Test
    void aCommitThatNobodyKnowsTheEndOfIsLeftToTheCatchUp() {
        DataSource losingAnswers = losingAnswers();
        shop.host().withPropertyValues("yotpo.sync.outbox.capture=hand-over").run(context -> {
            assertThatThrownBy(() -> TransactionalShop.in(losingAnswers, () -> TransactionalShop.save(context, "1")))
                    .isInstanceOf(TransactionSystemException.class);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> context.getBean(StoreStates.class)
                            .get(StoreKey.DEFAULT)
                            .catchUpNeeded());
            assertThat(TransactionalShop.rowSeenByOthers(context, "1")).isFalse();
        });
    }

    /** Also what Spring says when a host's own code fails in the last flush, as a validation of its entities may. */
    @Test
    void whereCustomersCanBeReadOneOfACommitOfUnknownEndIsReadAgain(CapturedOutput log) {
        CustomerSource source = Mockito.mock(CustomerSource.class);
        Mockito.when(source.find("1"))
                .thenReturn(Optional.of(
                        CustomerSnapshot.of("1").name("Committed", null).build()));
        shop.host()
                .withPropertyValues("yotpo.sync.outbox.capture=hand-over")
                .withBean(CustomerSource.class, () -> source)
                .run(context -> {
                    DataSource losingAnswers = losingAnswers();
                    assertThatThrownBy(() -> TransactionalShop.in(losingAnswers, () -> {
                                TransactionalShop.save(context, "1");
                                TransactionalShop.save(context, "rolled back");
                            }))
                            .isInstanceOf(TransactionSystemException.class);

                    shop.awaitPayload("Committed");
                    assertThat(context.getBean(StoreStates.class)
                                    .get(StoreKey.DEFAULT)
                                    .catchUpNeeded())
                            .isFalse();
                    assertThat(log).doesNotContain("the outbox takes no more");
                });
    }

    private DataSource losingAnswers() {
        return new DelegatingDataSource(shop.database()) {
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
}
