package io.yotposync.client;

import io.yotposync.client.TokenReply.Issued;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One store's access token: kept until Yotpo rejects it, fetched by one caller at a time while the others wait for the
 * same answer. A call that brought no token stands for a moment, so that many requests under way do not each repeat
 * it. Thread-safe, never blocks.
 */
final class TokenCache {

    /** A token that is rejected so soon after it was issued did not expire: the credentials are wrong. */
    static final Duration FRESH = Duration.ofMinutes(1);

    /** For those who ask at the same moment; whoever asks again a moment later is to have an answer of its own. */
    private static final Duration FAILURE_STANDS = Duration.ofMillis(80);

    private final AtomicReference<@Nullable CompletableFuture<TokenReply>> current = new AtomicReference<>();
    private final Supplier<CompletableFuture<TokenReply>> fetch;
    private final Clock clock;

    /** @param fetch never completed exceptionally */
    TokenCache(Supplier<CompletableFuture<TokenReply>> fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
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
                return known.copy(); // whoever cancels its own wait must not end that of the others
            }
            CompletableFuture<Void> start = new CompletableFuture<>();
            CompletableFuture<TokenReply> fresh = start.thenCompose(go -> fetch.get());
            if (current.compareAndSet(known, fresh)) {
                start.complete(null);
                return fresh.copy();
            }
        }
    }

    private boolean isUsable(CompletableFuture<TokenReply> known, @Nullable String rejected) {
        if (!known.isDone()) {
            return true;
        }
        if (known.isCompletedExceptionally()) {
            return false;
        }
        TokenReply reply = known.join();
        return reply instanceof Issued issued
                ? !issued.token().equals(rejected)
                : reply.isYoungerThan(FAILURE_STANDS, clock.instant());
    }

    /** How old the current token is; empty without one. */
    Optional<Duration> age() {
        CompletableFuture<TokenReply> known = current.get();
        if (known == null || !known.isDone() || known.isCompletedExceptionally()) {
            return Optional.empty();
        }
        return known.join() instanceof Issued issued
                ? Optional.of(Duration.between(issued.at(), clock.instant()))
                : Optional.empty();
    }
}
