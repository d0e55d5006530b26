package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.jdbc.TestDatabase;
import io.yotposync.source.Rereads.Reread;
import io.yotposync.store.InvalidSettingException;
import java.time.Instant;
import java.util.Set;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** What a transaction with customers leaves of them, however it ends, and where nothing is listened to. */
class HibernateCaptureIT extends HibernateScene {

    @Test
    void aSavedCustomerIsCommittedWithItsRow() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "+49 30 901820");
            session.persist(shopper);
        });

        assertThat(rows()).containsExactly("1");
        assertThat(woken).hasSize(1);
        assertThat(handOver.keys()).isEmpty();
        assertThat(listener.heard()).containsExactly("accepted default/1");
    }

    @Test
    void aRollbackLeavesNoRow() {
        assertThatThrownBy(() -> inTransaction(session -> {
                    session.persist(new Shopper(1, "A"));
                    session.flush();
                    throw new IllegalStateException("the host changes its mind");
                }))
                .hasMessageContaining("changes its mind");

        assertThat(rows()).isEmpty();
        assertThat(listener.heard()).isEmpty();
    }

    /** As of a request that tries again, or notes its failure, in a session that stays open. */
    @Test
    void aRollbackLeavesNothingToTheNextTransactionOfItsSession() {
        try (Session session = sessions.openSession()) {
            session.beginTransaction();
            session.persist(new Shopper(1, "A"));
            session.flush();
            session.getTransaction().rollback();
            session.clear();

            session.beginTransaction();
            session.persist(new Shopper(2, "B"));
            session.getTransaction().commit();
        }

        assertThat(rows()).containsExactly("2");
        assertThat(listener.heard()).containsExactly("accepted default/2");
    }

    @Test
    void theEntityIsKnownAsCapturedUntilItsNextChange() {
        Shopper shopper = new Shopper(1, "A");
        inTransaction(session -> session.persist(shopper));
        assertThat(capture.isCaptured(shopper)).isTrue();

        jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO hidden");
        try {
            inTransaction(session -> {
                session.update(shopper);
                shopper.name = "B";
            });
        } finally {
            jdbc.execute("ALTER TABLE hidden RENAME TO yotpo_customer_sync");
        }

        assertThat(capture.isCaptured(shopper)).isFalse();
        assertThat(handOver.keys()).containsExactly("default/1");
        assertThat(jdbc.queryForObject("SELECT name FROM Shopper", String.class))
                .isEqualTo("B");
    }

    @Test
    void aReaderThatFailsFailsNoSave() {
        model.fault = new StackOverflowError();

        inTransaction(session -> session.persist(new Shopper(1, "A")));

        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM Shopper", Integer.class))
                .isOne();
        assertThat(rows()).isEmpty();
        assertThat(rereads.drain(Instant.EPOCH)).containsExactly(new Reread("1", Set.of()));
    }

    @Test
    void whenStoppedNothingIsCaptured() {
        capture.stop();

        inTransaction(session -> session.persist(new Shopper(1, "A")));

        assertThat(rows()).isEmpty();
    }

    @Test
    void customersInAnotherDatabaseEndTheStart() {
        DataSource elsewhere = TestDatabase.HSQLDB.empty();
        try (SessionFactory other =
                sessions(elsewhere, "none", Shopper.class, Shopper.Link.class, Shopper.Digits.class)) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> capture.listenTo(other, EntityManagerFactory.class))
                    .withMessageContaining(
                            "yotpo.sync.outbox.capture is atomic, but the outbox's tables are not where");
        }
    }

    @Test
    void aFactoryWithoutCustomersIsLeftAlone() {
        try (SessionFactory other = sessions(database, "none", Shopper.Digits.class)) {
            assertThat(capture.listenTo(other, EntityManagerFactory.class)).isFalse();
        }
    }
}
