package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.InvalidSettingException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** Shops that are not Broadleaf: a {@code CustomerSaved} in a transaction on the outbox's own DataSource is committed with it. */
@ExtendWith(OutputCaptureExtension.class)
class AtomicCaptureOfEventsIT {

    private final TransactionalShop shop = new TransactionalShop();

    @Test
    void theRowIsCommittedWithTheHostsTransaction() {
        shop.host().run(context -> {
            Boolean[] seen = {null};
            shop.in(() -> {
                TransactionalShop.save(context, "1");
                TransactionalShop.afterCommit(() -> seen[0] = TransactionalShop.rowSeenByOthers(context, "1"));
            });

            assertThat(seen[0]).isTrue();
        });
    }

    @Test
    void aRollbackTakesTheRowBack() {
        shop.host().run(context -> {
            TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(shop.database()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> host.executeWithoutResult(status -> {
                        TransactionalShop.save(context, "1");
                        failBeforeCommit();
                    }));

            assertThat(TransactionalShop.rowSeenByOthers(context, "1")).isFalse();
        });
    }

    /** Also where the host told a time with the first only. */
    @Test
    void theLastOfSeveralStatesInATransactionIsWritten() {
        shop.host().run(context -> {
            shop.in(() -> {
                context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                        .name("A", "B")
                        .sourceVersion(2_001)
                        .build()));
                context.publishEvent(new CustomerSaved(
                        CustomerSnapshot.of("1").name("C", "D").build()));
            });

            assertThat(shop.payloads()).singleElement().asString().contains("\"C\"");
        });
    }

    @Test
    void ofSeveralStatesInATransactionAnOlderOneNeverCounts() {
        shop.host().run(context -> {
            shop.in(() -> {
                context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                        .name("New", null)
                        .sourceVersion(2_001)
                        .build()));
                context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1")
                        .name("Old", null)
                        .sourceVersion(1_001)
                        .build()));
            });

            assertThat(shop.payloads()).singleElement().asString().contains("\"New\"");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomic", "hand-over"})
    void whatIsRolledBackToASavepointIsForgotten(String capture) {
        assumeTrue(ClassUtils.hasMethod(TransactionSynchronization.class, "savepointRollback", Object.class));
        shop.host().withPropertyValues("yotpo.sync.outbox.capture=" + capture).run(context -> {
            TransactionTemplate nested = new TransactionTemplate(new DataSourceTransactionManager(shop.database()));
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            new TransactionTemplate(Objects.requireNonNull(nested.getTransactionManager()))
                    .executeWithoutResult(outer -> {
                        nested.executeWithoutResult(status -> {
                            TransactionalShop.save(context, "0");
                            status.setRollbackOnly();
                        });
                        context.publishEvent(new CustomerSaved(
                                CustomerSnapshot.of("1").name("Kept", null).build()));
                        nested.executeWithoutResult(status -> {
                            context.publishEvent(new CustomerSaved(
                                    CustomerSnapshot.of("1").name("Lost", null).build()));
                            TransactionalShop.save(context, "2");
                            status.setRollbackOnly();
                        });
                        nested.executeWithoutResult(status -> TransactionalShop.save(context, "3"));
                    });

            TransactionalShop.awaitRow(context, "3");
            assertThat(shop.payloads())
                    .hasSize(2)
                    .anySatisfy(payload -> assertThat(payload).contains("\"Kept\""));
            assertThat(TransactionalShop.rowSeenByOthers(context, "1")).isTrue();
        });
    }

    @Test
    void aTableThatIsGoneFailsNoTransaction(CapturedOutput log) {
        shop.host().run(context -> {
            JdbcTemplate jdbc = new JdbcTemplate(shop.database());
            jdbc.execute("CREATE TABLE shop (id INTEGER PRIMARY KEY)");
            jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO hidden");

            shop.in(() -> {
                jdbc.update("INSERT INTO shop VALUES (1)");
                TransactionalShop.save(context, "1");
            });

            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM shop", Integer.class))
                    .isOne();
            assertThat(log).contains("customers cannot be written in the host's transactions");
            jdbc.execute("ALTER TABLE hidden RENAME TO yotpo_customer_sync");
            TransactionalShop.awaitRow(context, "1");
        });
    }

    @Test
    void anOutboxInMemoryEndsTheStart() {
        shop.host().withPropertyValues("yotpo.sync.outbox.type=memory").run(AtomicCaptureOfEventsIT::isRefused);
        shop.host()
                .withPropertyValues("yotpo.sync.outbox.jdbc.initialize-schema=never")
                .run(AtomicCaptureOfEventsIT::isRefused);
        Hosts.withOneStore().withPropertyValues(TransactionalShop.ATOMIC).run(AtomicCaptureOfEventsIT::isRefused);
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

    private static void isRefused(org.springframework.boot.test.context.assertj.AssertableApplicationContext context) {
        assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(
                        "yotpo.sync.outbox.capture is atomic, but the outbox is not in the host's database");
    }
}
