package io.yotposync.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what Yotpo knows customers by, by the same rules as a live save. The ledger keeps no identifiers, so the host is
 * read. Thread-safe; does I/O.
 */
public final class Identifiers {

    static final List<String> IN_ORDER = Stream.of(CustomerProperty.values())
            .filter(CustomerProperty::identifies)
            .map(CustomerProperty::wireName)
            .toList();

    private final CustomerSource source;
    private final Preparation preparation;

    public Identifiers(CustomerSource source, Preparation preparation) {
        this.source = source;
        this.preparation = preparation;
    }

    /**
     * Personal data.
     *
     * @param property {@code external_id}, {@code email} or {@code phone_number}
     */
    public record Identifier(String property, String value) {

        @Override
        public String toString() {
            return "Identifier[" + property + "]";
        }
    }

    /**
     * By customer id; those that are gone or cannot be identified are missing.
     *
     * @throws UnreadableCustomerException if the host cannot read them now
     */
    public Map<String, Identifier> of(StoreSettings store, List<String> customerIds) {
        Map<String, Identifier> identifiers = new HashMap<>();
        List<CustomerSnapshot> customers = UnreadableCustomerException.unlessRead(() -> source.findAll(customerIds));
        customers.forEach(customer -> {
            if (preparation.prepare(customer, store, Origin.SCAN) instanceof Prepared.Ready ready) {
                Identifier identifier = in(ready.desired().payload());
                if (identifier != null) {
                    identifiers.put(customer.id(), identifier);
                }
            }
        });
        return identifiers;
    }

    /** What the payload names a customer by; {@code null} if by nothing. */
    static @Nullable Identifier in(String payload) {
        JsonNode customer = Bodies.customer(payload);
        return IN_ORDER.stream()
                .filter(customer::hasNonNull)
                .findFirst()
                .map(property ->
                        new Identifier(property, customer.path(property).asText()))
                .orElse(null);
    }
}
