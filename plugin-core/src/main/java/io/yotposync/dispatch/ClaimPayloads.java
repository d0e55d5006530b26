package io.yotposync.dispatch;

import io.yotposync.outbox.Claim;
import java.util.Optional;

/**
 * Where the body of a claimed customer comes from: the outbox's row, or the host itself where the outbox keeps none.
 *
 * <p>Called on the plugin's own threads, once a send; may read from a database, a customer at a time. What it throws puts
 * the send off as an outage would.
 */
@FunctionalInterface
public interface ClaimPayloads {

    /**
     * The claim with the body to send and that body's fingerprint, or empty if there is nothing to be sent of this
     * customer any more: its row is then parked as gone.
     *
     * @param claim as the outbox gave it, without a body where that keeps none
     */
    Optional<Claim> of(Claim claim);

    /** As the outbox kept it; nothing where it kept none. */
    static ClaimPayloads kept() {
        return keptOr(none -> Optional.empty());
    }

    /** The same, or as another has it where the outbox kept none, such as from the time before it was told to. */
    static ClaimPayloads keptOr(ClaimPayloads other) {
        return claim -> claim.payload().isEmpty() ? other.of(claim) : Optional.of(claim);
    }
}
