package io.yotposync.operator;

import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what a save of a customer would send. May do I/O, and throws what its source throws. Thread-safe. */
public interface PayloadView {

    /**
     * What would be sent.
     *
     * @param decision what would become of a save, in one word
     * @param reason why it would be skipped
     * @param identifier the property that Yotpo knows the customer by
     * @param payload JSON; personal data unless {@code masked}
     * @param differing fields that differ from what Yotpo acknowledged last; {@code null} if that is not known
     * @param comparedWith when it acknowledged that
     */
    record Shown(
            String customer,
            String store,
            boolean masked,
            String decision,
            @Nullable String reason,
            @Nullable String identifier,
            @Nullable String payload,
            @Nullable Set<String> differing,
            @Nullable Instant comparedWith) {

        /** No payload. */
        @Override
        public String toString() {
            return "Shown[" + store + "/" + customer + ", " + decision + "]";
        }
    }

    /**
     * @param masked whether only what says nothing about a person is to be readable
     * @throws UnsupportedOperationException where this host has no way to read customers
     */
    Shown of(CustomerKey customer, boolean masked);

    /** There is no way to read customers. */
    static PayloadView absent() {
        return (customer, masked) -> {
            throw CatchUp.noSource();
        };
    }
}
