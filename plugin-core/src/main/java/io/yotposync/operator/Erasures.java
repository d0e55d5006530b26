package io.yotposync.operator;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a shopper's request for erasure in all stores. Called on operators' threads; thread-safe, does I/O and throws
 * what its storage throws: what was begun is then done by another call. What it answers carries no personal data.
 */
@FunctionalInterface
public interface Erasures {

    /**
     * Forgets a customer whom the shop has erased.
     *
     * @param customerId the host's id
     * @return one a store that knew the customer, so none if none did
     */
    List<Receipt> erase(String customerId);

    /** For a host that left out what erases. */
    static Erasures absent() {
        return customerId -> {
            throw new UnsupportedOperationException("this host has nothing that erases customers");
        };
    }

    /**
     * What was sent and what became of it, in one store.
     *
     * @param done what was done, in one word
     * @param identifier the property that Yotpo knows the customer by
     * @param fields names of those that Yotpo acknowledged last; empty if not known
     * @param lastAcknowledged when Yotpo last took a state, {@code null} if it never did
     * @param left what somebody else must do; empty if nothing
     */
    record Receipt(
            String store,
            String done,
            String identifier,
            Set<String> fields,
            Instant firstSeen,
            @Nullable Instant lastAcknowledged,
            String left) {}
}
