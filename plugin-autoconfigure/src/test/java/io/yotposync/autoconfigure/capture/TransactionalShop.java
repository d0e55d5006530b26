package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host that publishes {@link CustomerSaved} in Spring's transactions, and its database with the outbox in it. */
record TransactionalShop(DataSource database) {

    static final String ATOMIC = "yotpo.sync.outbox.capture=atomic";

    TransactionalShop() {
        this(memory());
    }

    static DataSource memory() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    ApplicationContextRunner host() {
        return Hosts.withOneStore()
                .withBean("shop", DataSource.class, () -> database)
                .withPropertyValues(ATOMIC);
    }

    static void save(ApplicationContext context, String id) {
        context.publishEvent(new CustomerSaved(CustomerSnapshot.of(id).build()));
    }

    void in(Runnable work) {
        in(database, work);
    }

    static void in(DataSource transactional, Runnable work) {
        new TransactionTemplate(new DataSourceTransactionManager(transactional))
                .executeWithoutResult(status -> work.run());
    }

    static void afterCommit(Runnable action) {
        afterCommit(Ordered.HIGHEST_PRECEDENCE, action);
    }

    static void afterCommit(int order, Runnable action) {
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

    List<String> payloads() {
        return new JdbcTemplate(database).queryForList("SELECT payload FROM yotpo_customer_sync", String.class);
    }

    void awaitPayload(String part) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(payloads()).singleElement().asString().contains(part));
    }

    /** On a thread of its own, which has no part in the transaction of the one that asks. */
    static boolean rowSeenByOthers(ApplicationContext context, String id) {
        return CompletableFuture.supplyAsync(() -> row(context, StoreKey.DEFAULT, id))
                .join();
    }

    static void awaitRow(ApplicationContext context, String id) {
        awaitRow(context, StoreKey.DEFAULT, id);
    }

    static void awaitRow(ApplicationContext context, StoreKey store, String id) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> row(context, store, id));
    }

    private static boolean row(ApplicationContext context, StoreKey store, String id) {
        return context.getBean(Outbox.class).find(new CustomerKey(store, id)).isPresent();
    }
}
