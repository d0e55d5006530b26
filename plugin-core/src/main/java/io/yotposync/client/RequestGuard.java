package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands around every single HTTP request: lets it go only when the store's rate permits, and ends it when it takes too
 * long. Thread-safe; never blocks the caller.
 */
@FunctionalInterface
public interface RequestGuard {

    /** Completes as the request does, or exceptionally when it was not let go or took too long. */
    <T> CompletableFuture<T> run(StoreSettings store, Supplier<? extends CompletionStage<T>> request);
}
