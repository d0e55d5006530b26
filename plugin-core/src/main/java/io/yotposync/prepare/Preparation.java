package io.yotposync.prepare;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.SourceVersions;
import io.yotposync.identity.AllowList;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.Identified;
import io.yotposync.identity.Identity;
import io.yotposync.identity.NotIdentifiable;
import io.yotposync.observe.CustomerFaults;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.payload.RenderedPayload;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Instant;

/** The steps between a snapshot and the outbox, for one store: identity → payload → fingerprint. Thread-safe. */
public final class Preparation {

    private final CustomerIdentifier identifier;
    private final PayloadMapper mapper;
    private final AllowList allowed;
    private final Clock clock;
    private final CustomerFaults faults = new CustomerFaults(Preparation.class, "mapped");

    public Preparation(CustomerIdentifier identifier, PayloadMapper mapper, Clock clock) {
        this(identifier, mapper, AllowList.EVERYONE, clock);
    }

    /** @param allowed who may be sent at all */
    public Preparation(CustomerIdentifier identifier, PayloadMapper mapper, AllowList allowed, Clock clock) {
        this.allowed = allowed;
        this.identifier = identifier;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Never throws: a fault in mapping or in a customizer becomes {@link SkipReason#FAILED}. */
    public Prepared prepare(CustomerSnapshot customer, StoreSettings store, Origin origin) {
        try {
            if (!allowed.allows(customer.id(), customer.email())) {
                return new Prepared.Skipped(SkipReason.NOT_ALLOWED);
            }
            Identity identity = identifier.identify(customer, store);
            return identity instanceof Identified identified
                    ? payload(customer, identified, store, origin)
                    : new Prepared.Skipped(reason((NotIdentifiable) identity));
        } catch (Throwable fault) {
            faults.tell(store.key(), customer.id(), fault);
            return new Prepared.Skipped(SkipReason.FAILED);
        }
    }

    private Prepared payload(CustomerSnapshot customer, Identified identity, StoreSettings store, Origin origin) {
        CustomerPayload payload = mapper.map(customer, identity, store);
        if (!payload.isIdentified()) {
            return new Prepared.Skipped(SkipReason.CUSTOMIZER_BROKE_IDENTIFIER);
        }
        RenderedPayload rendered = mapper.render(payload, store);
        Instant now = clock.instant();
        return new Prepared.Ready(new Desired(
                new CustomerKey(store.key(), customer.id()),
                rendered.body(),
                rendered.fingerprint(),
                SourceVersions.orderable(customer.sourceVersion(), now),
                origin,
                now.plus(store.sending().settle()),
                rendered.contact()));
    }

    private static SkipReason reason(NotIdentifiable identity) {
        return switch (identity.reason()) {
            case ANONYMOUS -> SkipReason.ANONYMOUS;
            case INVALID_CONTACT -> SkipReason.INVALID_CONTACT;
            case NO_IDENTIFIER -> SkipReason.NO_IDENTIFIER;
            case UNREADABLE -> SkipReason.FAILED;
        };
    }
}
