package io.yotposync.client;

import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.TokenReply.Failed;
import io.yotposync.client.TokenReply.Issued;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All that is said about one customer: the request, once more if its token was rejected, and once more without a field
 * that was refused. Ends when it is cancelled, and when it is so old that another node may have taken the customer over.
 */
final class Conversation {

    private final StoreSettings store;
    private final TokenCache tokens;
    private final YotpoHttp http;
    private final Clock clock;
    private final Instant begin;
    private final CompletableFuture<Outcome> result = new CompletableFuture<>();

    private volatile @Nullable CompletableFuture<HttpReply> underWay;

    Conversation(StoreSettings store, TokenCache tokens, YotpoHttp http, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.http = http;
        this.clock = clock;
        this.begin = clock.instant();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // every way it can end is passed on
    CompletableFuture<Outcome> about(String body) {
        result.whenComplete((outcome, fault) -> {
            CompletableFuture<HttpReply> request = underWay;
            if (result.isCancelled() && request != null) {
                request.cancel(true);
            }
        });
        deliver(body).exceptionally(Outcomes::of).thenAccept(result::complete);
        return result;
    }

    private CompletableFuture<Outcome> deliver(String body) {
        return attempt(body, null).thenCompose(first -> {
            Salvage salvage = first instanceof Refused refused ? Salvage.of(refused, body) : null;
            return salvage == null
                    ? CompletableFuture.completedFuture(first)
                    : attempt(salvage.body(), null).thenApply(salvage::judge);
        });
    }

    private CompletableFuture<Outcome> attempt(String body, @Nullable String rejected) {
        return tokens.token(rejected)
                .thenCompose(reply -> reply instanceof Issued issued
                        ? patch(body, issued, rejected == null)
                        : CompletableFuture.completedFuture(((Failed) reply).failure()));
    }

    private CompletableFuture<Outcome> patch(String body, Issued issued, boolean mayRefresh) {
        if (isOver()) {
            return CompletableFuture.completedFuture(Outcomes.notSent("given up before it was sent"));
        }
        Sent sent = new Sent(body, issued.token(), store.credentials().secret());
        CompletableFuture<HttpReply> request = http.send(store, "PATCH", "customers", sent);
        underWay = request;
        if (result.isDone()) {
            request.cancel(true); // cancelled between the two
        }
        return request.thenCompose(reply -> {
            if (reply.rejectsToken() && mayRefresh) {
                return attempt(body, issued.token());
            }
            Instant now = clock.instant();
            // Two tokens may expire during one slow send; only a new one says something about the secret.
            boolean expired = reply.rejectsToken() && !issued.isYoungerThan(TokenCache.FRESH, now);
            return CompletableFuture.completedFuture(
                    expired ? Outcomes.notSent("its token expired twice") : Outcomes.of(reply, sent, now));
        });
    }

    private boolean isOver() {
        Duration longest = store.sending().lease().multipliedBy(2).dividedBy(3);
        return result.isDone() || clock.instant().isAfter(begin.plus(longest));
    }
}
