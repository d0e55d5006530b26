package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which changes of a transaction are a customer's, and which of its states is written. */
class HibernateChangesIT extends HibernateScene {

    @Test
    void aChangedDetailIsTheCustomersChange() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "1");
            session.persist(shopper);
        });
        String before = payload();

        inTransaction(session -> Objects.requireNonNull(
                        session.get(Shopper.class, 1L).links.get(0).getNumber())
                .setDigits("2"));
        String edited = payload();
        inTransaction(session -> session.get(Shopper.class, 1L).links.clear());

        assertThat(edited).isNotEqualTo(before);
        assertThat(payload()).isNotEqualTo(edited);
    }

    @Test
    void aLinkOfALazyCustomerLoadsItForTheReading() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            shopper.phone(10, "1");
            session.persist(shopper);
        });
        model.read = 0;

        inTransaction(session -> {
            Shopper.Link link = new Shopper.Link();
            link.id = 11;
            link.shopper = session.load(Shopper.class, 1L);
            session.persist(link);
        });

        assertThat(model.read).isOne();
    }

    @Test
    void aCustomerIsReadOnceATransactionAndADeletedOneNever() {
        inTransaction(session -> {
            Shopper shopper = new Shopper(1, "A");
            session.persist(shopper);
            session.flush();
            shopper.name = "B";
            shopper.phone(10, "1");
            session.flush();
            shopper.phone(11, "2");
        });
        assertThat(model.read).isOne();

        inTransaction(session -> session.delete(session.get(Shopper.class, 1L)));
        assertThat(model.read).isOne();
    }

    /** As of an import whose file has a customer twice. */
    @Test
    void ofACustomerWhoIsReadAnewInTheTransactionTheLaterStateIsWritten() {
        inTransaction(session -> {
            for (long id = 1; id <= 20; id++) {
                session.persist(new Shopper(id, "Former"));
            }
            session.flush();
            session.clear();
            for (long id = 1; id <= 20; id++) {
                session.get(Shopper.class, id).name = "Later";
            }
        });

        assertThat(jdbc.queryForList("SELECT payload FROM yotpo_customer_sync", String.class))
                .hasSize(20)
                .allSatisfy(payload -> assertThat(payload).contains("Later"));
    }

    @Test
    void ofACustomerWhoIsReadAnewAndDeletedNothingIsWritten() {
        inTransaction(session -> {
            session.persist(new Shopper(1, "A"));
            session.flush();
            session.clear();
            session.delete(session.get(Shopper.class, 1L));
        });

        assertThat(rows()).isEmpty();
    }

    /** As of an import that replaces who is there. */
    @Test
    void aCustomerWhoIsDeletedAndMadeAnewIsWritten() {
        inTransaction(session -> session.persist(new Shopper(1, "Former")));

        inTransaction(session -> {
            session.delete(session.get(Shopper.class, 1L));
            session.flush();
            session.persist(new Shopper(1, "Later"));
        });

        assertThat(payload()).contains("Later");
    }
}
