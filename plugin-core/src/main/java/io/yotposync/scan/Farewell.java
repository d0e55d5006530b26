package io.yotposync.scan;

import io.yotposync.customer.SourceVersions;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.payload.RenderedPayload;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * The last state of a customer who is gone: disabled, and nothing else. The ledger keeps no identifiers, so it can only
 * be made where Yotpo knows the customer by the host's own id; the kept print of {@code external_id} proves that.
 * Customers known by e-mail, phone number or another property cannot be told once they are gone.
 */
final class Farewell {

    private final PayloadMapper mapper;
    private final FieldPrints prints;

    Farewell(PayloadMapper mapper, FieldPrints prints) {
        this.mapper = mapper;
        this.prints = prints;
    }

    Optional<Desired> to(CustomerKey key, StoreSettings store, LedgerMark mark, Origin origin, Instant now) {
        if (!prints.hadOwnId(key, mark.acknowledgedFields())) {
            return Optional.empty();
        }
        RenderedPayload rendered = words(key, store, mapper);
        // A scan's gives way to a save of the same moment.
        long said = origin == Origin.SCAN ? SourceVersions.read(now) : now.toEpochMilli();
        long version = Math.max(mark.sourceVersion(), said);
        return Optional.of(new Desired(key, rendered.body(), rendered.fingerprint(), version, origin, now));
    }

    /** No personal data: the host's id and the status. */
    static RenderedPayload words(CustomerKey key, StoreSettings store, PayloadMapper mapper) {
        CustomerPayload payload = CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, key.customerId())
                .set(CustomerProperty.ACCOUNT_STATUS, "disabled")
                .build();
        return mapper.render(payload, store);
    }
}
