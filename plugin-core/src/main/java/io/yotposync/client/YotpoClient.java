package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.util.concurrent.CompletableFuture;

/**
 * Speaks Yotpo's "create or update customer" call. Thread-safe; returns at once. Every request it makes, token calls
 * included, goes through the {@link RequestGuard} it was made with.
 */
public interface YotpoClient {

    /**
     * Sends one customer.
     *
     * @param body {@code {"customer":{…}}}
     * @return never completed exceptionally
     */
    CompletableFuture<Outcome> upsert(StoreSettings store, String body);
}
