package io.yotposync.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.store.StoreSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Speaks Yotpo's "retrieve customers" call. Thread-safe; returns at once. Every request goes through the store's
 * {@link RequestGuard}, so that look-ups keep to the same rate as sends.
 */
public interface CustomerLookup {

    /** More would not fit into what is read of an answer. */
    int MAX_IDS = 10;

    /**
     * Looks customers up.
     *
     * @param store with the credentials to use
     * @return never completed exceptionally, on any thread; customers in Yotpo's order, those that it lacks are missing
     */
    CompletableFuture<Reply> find(StoreSettings store, Wanted wanted);

    /**
     * Which customers; may be personal data.
     *
     * @param property {@code external_id}, {@code email} or {@code phone_number}
     * @param values 1 to {@value #MAX_IDS} external ids, or one of the others
     */
    record Wanted(String property, List<String> values) {

        private static final String EXTERNAL_ID = CustomerProperty.EXTERNAL_ID.wireName();

        public Wanted {
            values = List.copyOf(values);
            int most = property.equals(EXTERNAL_ID) ? MAX_IDS : 1;
            if (values.isEmpty() || values.size() > most) {
                throw new IllegalArgumentException("1 to " + most + " can be looked up at once by " + property);
            }
        }

        public static Wanted externalIds(List<String> ids) {
            return new Wanted(EXTERNAL_ID, ids);
        }

        /** Whether it can be asked for: in Yotpo's query a comma stands between two ids. */
        public static boolean isAskable(String property, String value) {
            return !property.equals(EXTERNAL_ID) || value.indexOf(',') < 0;
        }

        /** As Yotpo's query says it. */
        String parameter() {
            return property.equals(EXTERNAL_ID) ? "external_ids" : property;
        }

        @Override
        public String toString() {
            return "Wanted[" + values.size() + " by " + property + "]";
        }
    }

    /** What a look-up comes to. */
    sealed interface Reply {}

    /**
     * What Yotpo shows; personal data.
     *
     * @param customers those that it has, any field of which may be {@code null}
     */
    record Found(List<JsonNode> customers) implements Reply {

        @Override
        public String toString() {
            return "Found[" + customers.size() + "]";
        }
    }

    /** Nothing can be said of who is there. */
    record Failed(Outcome why) implements Reply {}
}
