package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a transaction with customers leaves, and when. */
class AtomicCaptureIT extends AtomicCaptureScene {

    @Autowired
    private Looking customizer;

    @Autowired
    private ApplicationEventPublisher events;

    @Test
    void theRowIsThereWhenTheCommitIs() {
        List<Integer> seen = new ArrayList<>();

        String id = transaction.execute(status -> {
            String saved = register("a@example.com");
            afterCommitBeforeAnybodyElse(() -> seen.add(rowsSeenByOthers(saved)));
            return saved;
        });

        assertThat(seen).containsExactly(1);
        assertThat(counts.accepted).containsExactly("default:" + id);
        assertThat(counts.suppressed).isEmpty();
        assertThat(counts.notCaptured).isEmpty();
        awaitFirstName(id, "A");
    }

    @Test
    void aRollbackLeavesNoRow() {
        String id = transaction.execute(status -> {
            String saved = register("b@example.com");
            customers.readCustomerByEmail("b@example.com");
            status.setRollbackOnly();
            return saved;
        });

        assertThat(rowsSeenByOthers(id)).isZero();
        assertThat(counts.accepted).isEmpty();
    }

    @Test
    void whatItsEventDoesNotSayIsCapturedToo() {
        String id = shop.register("", Forms.full("c@example.com"));
        String registered = fingerprint(id);

        edit(id, Map.of("phone", "+49 30 901821"));
        String phoneEdited = fingerprint(id);
        edit(id, Map.of("phone", "+49 30 901821", "attributes", Map.of("gender", "F", "loyaltyTier", "silver")));
        edit(
                id,
                Map.of(
                        "phone",
                        "+49 30 901821",
                        "address",
                        Map.of("line1", "Street 2", "city", "Berlin", "country", "DE")));
        String addressEdited = fingerprint(id);

        assertThat(phoneEdited).isNotEqualTo(registered);
        assertThat(addressEdited).isNotEqualTo(phoneEdited);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sandbox.find(DEFAULT, id)
                                .map(held ->
                                        held.customer().at("/address/address1").asText()))
                        .contains("Street 2"));
    }

    @Test
    void aDeletedCustomerIsNotCapturedAgain() {
        String id = shop.register("", Forms.full("d@example.com"));
        counts.clear();

        assertThat(shop.send("DELETE", "/api/customers/" + id, Map.of()).status())
                .isEqualTo(204);

        assertThat(counts.accepted).isEmpty();
        assertThat(counts.notCaptured).isEmpty();
    }

    /** Locked before the host's own row, ours would make a deadlock of whoever locks the customer first. */
    @Test
    void whatAnEventSaysIsWrittenBehindTheHostsOwnRows() {
        String id = transaction.execute(status -> register("h@example.com"));
        customizer.seen.clear();

        transaction.executeWithoutResult(status -> {
            Customer customer = customers.readCustomerById(Long.valueOf(id));
            customer.setFirstName("Flushed");
            events.publishEvent(new CustomerSaved(CustomerSnapshot.of("event-" + id)
                    .name("Flushed", null)
                    .registered(true)
                    .build()));
        });

        assertThat(customizer.seen).containsEntry("event-" + id, "Flushed");
        assertThat(counts.notCaptured).isEmpty();
        assertThat(rowsSeenByOthers("event-" + id)).isOne();
        awaitFirstName("event-" + id, "Flushed");
    }

    @Test
    void aTransactionOfManyCustomersCapturesEach() {
        List<String> ids = transaction.execute(status -> {
            List<String> saved = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                saved.add(register("g" + i + "@example.com"));
            }
            return saved;
        });

        assertThat(ids)
                .hasSize(50)
                .allSatisfy(id -> assertThat(rowsSeenByOthers(id)).isOne());
    }

    private static void afterCommitBeforeAnybodyElse(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new First(action));
    }

    private record First(Runnable action) implements TransactionSynchronization {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            action.run();
        }
    }

    private String fingerprint(String id) {
        return String.valueOf(jdbc.queryForObject(
                "select desired_fp from yotpo_customer_sync where customer_id = ?", String.class, id));
    }
}
