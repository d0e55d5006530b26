package io.yotposync.autoconfigure;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.CustomerProperty;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** The README's pieces of Java, compiled; {@link ReadmeTest} sees to it that they stand there as they do here. */
@SuppressWarnings("unused") // read as text
final class ReadmeSnippets {

    /** A shop's own customer. */
    record ShopCustomer(Instant updatedAt) {

        Instant getUpdatedAt() {
            return updatedAt;
        }
    }

    void otherShops(ApplicationEventPublisher events, ShopCustomer customer) {
        events.publishEvent(new CustomerSaved(CustomerSnapshot.of("4711")
                .email("a@example.com")
                .name("A", "B")
                .updatedAt(customer.getUpdatedAt())
                .build()));
    }

    @Bean
    CustomerPayloadCustomizer loyalty() {
        return (payload, customer, store) ->
                payload.set(CustomerProperty.TAGS, customer.attributes().get("loyaltyTier"));
    }
}
