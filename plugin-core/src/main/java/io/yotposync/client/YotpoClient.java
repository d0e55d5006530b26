package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Speaks Yotpo's "create or update customer" call. Thread-safe; returns at once. Every request it makes, token calls
 * included, goes through the {@link RequestGuard} it was made with; a bean of the host's own has the plugin's injected.
 *
 * <p>The lanes see to the rest: one send of a customer at a time, the store's rate, and when to try again. Read-back
 * works with {@link HttpYotpoClient} alone.
 */
public interface YotpoClient {

    /**
     * Sends one customer.
     *
     * @param store with the credentials to use
     * @param body {@code {"customer":{…}}}
     * @return never completed exceptionally, on any thread; what follows takes no time there. A send that got no answer is
     *     an {@link Outcome.Outage}, one that the guard did not let go an {@link Outcome.NotSent}. Cancelling it ends the
     *     send: a request under way is given up, and no further one is made
     */
    CompletableFuture<Outcome> upsert(StoreSettings store, String body);

    /** How long ago the store's access token was issued; empty without a token. */
    default Optional<Duration> tokenAge(StoreSettings store) {
        return Optional.empty();
    }
}
