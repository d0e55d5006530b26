package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.client.TokenReply.Failed;
import io.yotposync.client.TokenReply.Issued;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Exchanges a store's secret for an access token. */
final class TokenCall {

    /** Of a header that a server takes. */
    private static final int LONGEST = 8_000;

    private final ObjectMapper json = new ObjectMapper();
    private final YotpoHttp http;
    private final Clock clock;

    TokenCall(YotpoHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** Never completed exceptionally. */
    CompletableFuture<TokenReply> fetch(StoreSettings store) {
        String body = json.createObjectNode()
                .put("secret", store.credentials().secret())
                .toString();
        Sent sent = new Sent(body, "");
        return http.send(store, "POST", "access_tokens", sent)
                .thenApply(reply -> read(reply, sent))
                .exceptionally(fault -> new Failed(Outcomes.of(fault), clock.instant()));
    }

    private TokenReply read(HttpReply reply, Sent sent) {
        Instant now = clock.instant();
        String token = reply.isSuccess() ? token(reply.body()) : null;
        return token == null ? new Failed(failure(reply, sent, now), now) : new Issued(token, now);
    }

    private static Outcome failure(HttpReply reply, Sent sent, Instant now) {
        if (reply.isSuccess() && !Outcomes.isWebPage(reply)) {
            return new Outage(new Failure(FailureClass.OUTAGE, reply.status(), "Yotpo's token answer held no token"));
        }
        Outcome outcome = Outcomes.of(reply, sent, now);
        if (outcome instanceof Refused refused && refused.failure().kind() == FailureClass.OURS) {
            return new Unauthorized(refused.failure());
        }
        if (outcome instanceof Refused || outcome instanceof Unauthorized) {
            String reason =
                    Outcomes.isWebPage(reply) ? Outcomes.WEB_PAGE : "Yotpo gave no token for this app key and secret";
            return new Unauthorized(new Failure(FailureClass.CREDENTIALS, reply.status(), reason));
        }
        return outcome;
    }

    private @Nullable String token(String body) {
        try {
            JsonNode token = json.readTree(body).path("access_token");
            String text = token.isTextual() ? token.asText().strip() : "";
            boolean usable =
                    !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
            return usable ? text : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
