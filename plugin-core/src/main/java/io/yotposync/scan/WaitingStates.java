package io.yotposync.scan;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Desired;
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

    public WaitingStates(PayloadMapper mapper) {
        this.mapper = mapper;
    }

    /** The claim with the last words, if these are what waits to be said of the customer. */
    public Optional<Claim> farewell(Claim claim, StoreSettings store) {
        return farewell(claim, claim.key().customerId(), store);
    }

    private Optional<Claim> farewell(Claim claim, String externalId, StoreSettings store) {
        RenderedPayload words = Farewell.words(externalId, store, mapper);
        return words.fingerprint().equals(claim.wanted())
                ? Optional.of(claim.with(words.body(), words.fingerprint()))
                : Optional.empty();
    }

    /**
     * The claim with what the host has now, or with the last words if these wait to be said of it; without the consent if
     * a scan held that back. Where the customer changed since, that may be the choice itself: it is then sent as what
     * equals no state, and the next sweep judges it anew.
     */
    public Claim full(Claim claim, Desired now, StoreSettings store) {
        return Farewell.externalId(now)
                .flatMap(id -> farewell(claim, id, store))
                .orElseGet(() -> withConsentOrNot(claim, now));
    }

    private Claim withConsentOrNot(Claim claim, Desired now) {
        Fingerprint wanted = claim.wanted();
        if (!wanted.isWithoutConsent() || !ConsentFields.isTold(now, null)) {
            return claim.with(now.payload(), now.fingerprint());
        }
        Desired told = ConsentFields.without(now);
        Fingerprint print = told.fingerprint();
        return claim.with(told.payload(), print.equals(wanted) ? print : print.withoutConsent());
    }
}
