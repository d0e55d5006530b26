package io.yotposync;

import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.outbox.Claim;
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

    public RereadPayloads(CustomerSource source, Preparation preparation, Stores stores) {
        this.source = source;
        this.preparation = preparation;
        this.stores = stores;
    }

    @Override
    public Optional<Claim> of(Claim claim) {
        StoreSettings store = stores.get(claim.key().store());
        return source.find(claim.key().customerId())
                .map(customer -> preparation.prepare(customer, store, claim.origin()))
                .flatMap(prepared -> prepared instanceof Prepared.Ready ready
                        ? Optional.of(claim.with(
                                ready.desired().payload(), ready.desired().fingerprint()))
                        : Optional.empty());
    }
}
