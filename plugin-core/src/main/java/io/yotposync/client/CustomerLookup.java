package io.yotposync.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.store.StoreSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Yotpo's "retrieve customers" call. Thread-safe; returns at once. Every request goes through the store's
 * {@link RequestGuard}, so that look-ups keep to the same rate as sends.
 */
public interface CustomerLookup {

    /** More would not fit into what is read of an answer. */
    int MAX_IDS = 10;

    /**
     * Looks customers up by external id.
     *
     * @param store with the credentials to use
     * @param externalIds 1 to {@value #MAX_IDS}
     * @return never completed exceptionally
     */
    CompletableFuture<Found> find(StoreSettings store, List<String> externalIds);

    /**
     * What Yotpo shows; personal data.
     *
     * @param customers those that it has, any field of which may be {@code null}
     * @param failure why nothing can be said, {@code null} if something can
     */
    record Found(List<JsonNode> customers, @Nullable Outcome failure) {

        @Override
        public String toString() {
            return "Found[" + customers.size() + ", failure=" + failure + "]";
        }
    }
}
