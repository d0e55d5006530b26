package io.yotposync.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One store's access token: kept until Yotpo rejects it, fetched by one caller at a time while the others wait for the
 * same answer. Thread-safe, never blocks.
 */
final class TokenCache {

    private final AtomicReference<@Nullable CompletableFuture<TokenReply>> current = new AtomicReference<>();
    private final Supplier<CompletableFuture<TokenReply>> fetch;

    TokenCache(Supplier<CompletableFuture<TokenReply>> fetch) {
        this.fetch = fetch;
    }

    /**
     * The current token, fetched if there is none or only the rejected one.
     *
     * @param rejected a token that Yotpo no longer takes, {@code null} if none was tried
     */
    CompletableFuture<TokenReply> token(@Nullable String rejected) {
        while (true) {
            CompletableFuture<TokenReply> known = current.get();
            if (known != null && isUsable(known, rejected)) {
                return known;
            }
            CompletableFuture<Void> start = new CompletableFuture<>();
            CompletableFuture<TokenReply> fresh = start.thenCompose(go -> fetch.get());
            if (current.compareAndSet(known, fresh)) {
                start.complete(null);
                return fresh;
            }
        }
    }

    private static boolean isUsable(CompletableFuture<TokenReply> known, @Nullable String rejected) {
        if (!known.isDone()) {
            return true;
        }
        if (known.isCompletedExceptionally()) {
            return false;
        }
        String token = known.join().token();
        return token != null && !token.equals(rejected);
    }
}
