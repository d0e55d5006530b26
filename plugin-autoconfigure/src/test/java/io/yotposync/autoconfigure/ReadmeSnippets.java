package io.yotposync.autoconfigure;

import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.store.StoreKey;
import java.util.List;
import org.springframework.context.annotation.Bean;

/** The documents' pieces of Java, compiled; {@link DocumentationTest} sees to it that they stand there as they do here. */
@SuppressWarnings({"unused", "UnusedMethod"}) // read as text
final class ReadmeSnippets {

    @Bean
    CustomerPayloadCustomizer loyalty() {
        return (payload, customer, store) ->
                payload.set(CustomerProperty.TAGS, customer.attributes().get("loyaltyTier"));
    }

    ScanState answer(Backfills backfills, StoreKey store) {
        return backfills.proceed(ScanJob.backfill(store)).orElseThrow();
    }

    List<Erasure.Receipt> erase(Erasure erasure, String customerId) {
        return erasure.erase(customerId);
    }
}
