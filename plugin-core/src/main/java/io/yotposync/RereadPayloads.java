package io.yotposync;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.outbox.Claim;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.WaitingStates;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.Optional;

/**
 * Reads a customer anew when it is about to be sent, so that no personal data is stored twice. What is sent is then the
 * latest state, which may be newer than the one that made the row pending; it is acknowledged as what it is.
 */
public final class RereadPayloads implements ClaimPayloads {

    private final CustomerSource source;
    private final Preparation preparation;
    private final Stores stores;
    private final WaitingStates waiting;

    public RereadPayloads(CustomerSource source, Preparation preparation, Stores stores, WaitingStates waiting) {
        this.source = source;
        this.preparation = preparation;
        this.stores = stores;
        this.waiting = waiting;
    }

    /** @throws IllegalStateException if the customer cannot be read in full now: half of one is not what Yotpo is to have */
    @Override
    public Optional<Claim> of(Claim claim) {
        StoreSettings store = stores.get(claim.key().store());
        return waiting.farewell(claim, store)
                .or(() -> source.find(claim.key().customerId()).flatMap(customer -> now(claim, customer, store)));
    }

    private Optional<Claim> now(Claim claim, CustomerSnapshot customer, StoreSettings store) {
        if (customer.partial()) {
            throw new IllegalStateException("a part of the customer cannot be read");
        }
        return preparation.prepare(customer, store, claim.origin()) instanceof Prepared.Ready ready
                ? Optional.of(waiting.full(claim, ready.desired(), store))
                : Optional.empty();
    }
}
