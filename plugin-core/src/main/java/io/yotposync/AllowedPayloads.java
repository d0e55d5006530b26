package io.yotposync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.identity.AllowList;
import io.yotposync.outbox.Claim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks once more, right before a send, whether the customer may be sent: a copy of the shop's database brings rows that
 * were made where everyone may.
 */
public final class AllowedPayloads implements ClaimPayloads {

    private final ObjectMapper json = new ObjectMapper();
    private final ClaimPayloads payloads;
    private final AllowList allowed;

    public AllowedPayloads(ClaimPayloads payloads, AllowList allowed) {
        this.payloads = payloads;
        this.allowed = allowed;
    }

    @Override
    public Optional<Claim> of(Claim claim) {
        return payloads.of(claim)
                .filter(full -> allowed.isEmpty() || allowed.allows(full.key().customerId(), email(full.payload())));
    }

    private @Nullable String email(String payload) {
        try {
            return json.readTree(payload).path("customer").path("email").textValue();
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }
}
