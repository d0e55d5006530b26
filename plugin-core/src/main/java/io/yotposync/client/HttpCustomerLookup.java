package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.TokenReply.Issued;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.StoreSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks up with the client's own tokens; a rejected one is refreshed once. */
final class HttpCustomerLookup implements CustomerLookup {

    private static final Sent NOTHING = new Sent("", "");

    private final ObjectMapper json = new ObjectMapper();
    private final YotpoHttp http;
    private final Function<StoreSettings, TokenCache> tokens;
    private final Clock clock;

    HttpCustomerLookup(YotpoHttp http, Function<StoreSettings, TokenCache> tokens, Clock clock) {
        this.http = http;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Reply> find(StoreSettings store, Wanted wanted) {
        String resource = "customers?" + wanted.parameter() + "="
                + URLEncoder.encode(String.join(",", wanted.values()), StandardCharsets.UTF_8);
        return attempt(store, wanted, resource, null).exceptionally(fault -> new Failed(Outcomes.of(fault)));
    }

    private CompletableFuture<Reply> attempt(
            StoreSettings store, Wanted wanted, String resource, @Nullable String rejected) {
        return tokens.apply(store).token(rejected).thenCompose(reply -> {
            if (!(reply instanceof Issued issued)) {
                return CompletableFuture.completedFuture(new Failed(((TokenReply.Failed) reply).failure()));
            }
            return http.send(store, "GET", resource, new Sent("", issued.token()))
                    .thenCompose(answer -> answer.rejectsToken() && rejected == null
                            ? attempt(store, wanted, resource, issued.token())
                            : CompletableFuture.completedFuture(read(answer)));
        });
    }

    private Reply read(HttpReply reply) {
        if (!reply.isSuccess()) {
            Outcome outcome = Outcomes.of(reply, NOTHING, clock.instant());
            return new Failed(outcome instanceof Refused refused ? wordless(refused.failure()) : outcome);
        }
        try {
            JsonNode customers = json.readTree(reply.body()).path("customers");
            if (customers.isArray()) {
                List<JsonNode> found = new ArrayList<>();
                customers.forEach(found::add);
                return new Found(found);
            }
        } catch (JsonProcessingException cutOffOrNotJson) {
            return unreadable(reply);
        }
        return unreadable(reply);
    }

    /** Yotpo's words may repeat who was asked for, and whatever else it knows of them. */
    private static Refused wordless(Failure said) {
        return new Refused(new Failure(said.kind(), said.status(), "Yotpo refused to look"), null);
    }

    private static Reply unreadable(HttpReply reply) {
        return new Failed(new Outage(
                new Failure(FailureClass.OUTAGE, reply.status(), "Yotpo's list of customers could not be read")));
    }
}
