package io.yotposync.client;

import io.yotposync.store.StoreSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands around every single HTTP request: lets it go only when the store's rate permits, learns from the answer what
 * the rate is, and ends the request when it takes too long. Thread-safe; never blocks the caller.
 */
@FunctionalInterface
public interface RequestGuard {

    /**
     * Completes as the request does; exceptionally with {@link NotPermittedException} when it was not let go, or with
     * another exception when it took longer than the store's request timeout from when it was let go. One whose
     * result is cancelled before it was let go is never made.
     */
    CompletableFuture<HttpReply> run(StoreSettings store, Supplier<? extends CompletionStage<HttpReply>> request);
}
