package io.yotposync;

import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.identity.AllowList;
import io.yotposync.outbox.Claim;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks once more, right before a send, whether the customer may be sent: a copy of the shop's database brings rows that
 * were made where everyone may.
 */
public final class AllowedPayloads implements ClaimPayloads {

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

    private static @Nullable String email(String payload) {
        return Bodies.customer(payload).path(CustomerProperty.EMAIL.wireName()).textValue();
    }
}
