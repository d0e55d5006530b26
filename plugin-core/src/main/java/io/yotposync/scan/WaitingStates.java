package io.yotposync.scan;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.payload.RenderedPayload;
import io.yotposync.store.StoreSettings;
import java.util.Optional;

/**
 * Makes again what a row without a payload stands for, where a scan made it other than the host's customer is: the last
 * words of one who is gone, and states whose consent is held back. Thread-safe; no I/O.
 */
public final class WaitingStates {

    private final PayloadMapper mapper;
    private final ConsentFields consent = new ConsentFields();

    public WaitingStates(PayloadMapper mapper) {
        this.mapper = mapper;
    }

    /** The claim with the last words, if these are what waits to be said of the customer. */
    public Optional<Claim> farewell(Claim claim, StoreSettings store) {
        RenderedPayload words = Farewell.words(claim.key(), store, mapper);
        return words.fingerprint().equals(claim.wanted())
                ? Optional.of(claim.with(words.body(), words.fingerprint()))
                : Optional.empty();
    }

    /**
     * The claim with what the host has now. Without the consent if a scan held that back, or may have: when the customer
     * changed since, there is no telling.
     */
    public Claim full(Claim claim, Desired now) {
        Fingerprint wanted = claim.wanted();
        boolean asWanted = now.fingerprint().equals(wanted);
        boolean heldBack = now.fingerprint().withoutConsent().equals(wanted);
        Desired told = heldBack || (!asWanted && claim.origin() == Origin.SCAN) ? consent.without(now) : now;
        return claim.with(told.payload(), told.fingerprint());
    }
}
