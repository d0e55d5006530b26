package io.yotposync.scan;

import io.yotposync.customer.SourceVersions;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.payload.RenderedPayload;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last state of a customer who is gone: disabled, and nothing else. The ledger keeps no identifiers, so it can only
 * be made where Yotpo knows the customer by the host's own id, or by another that the host can still be asked for; the
 * kept print of {@code external_id} proves either. Customers known by e-mail or phone number cannot be told of, nor those
 * known by another property once they are gone.
 */
final class Farewell {

    private static final String ID = CustomerProperty.EXTERNAL_ID.wireName();
    private static final Set<String> FIELDS = Set.of(ID, CustomerProperty.ACCOUNT_STATUS.wireName());

    private final PayloadMapper mapper;
    private final FieldPrints prints;

    Farewell(PayloadMapper mapper, FieldPrints prints) {
        this.mapper = mapper;
        this.prints = prints;
    }

    Optional<Desired> to(CustomerKey key, StoreSettings store, LedgerMark mark, Origin origin, Instant now) {
        return prints.hadOwnId(key, mark.acknowledgedFields())
                ? Optional.of(to(key, key.customerId(), store, mark, origin, now))
                : Optional.empty();
    }

    /**
     * Of one whom the host still has, for a scan.
     *
     * @param rest what the host would send of it, {@code null} if nothing identifies it
     */
    Optional<Desired> to(CustomerKey key, StoreSettings store, LedgerMark mark, @Nullable Desired rest, Instant now) {
        return to(key, store, mark, Origin.SCAN, now)
                .or(() -> Optional.ofNullable(rest)
                        .flatMap(Farewell::externalId)
                        .filter(id -> prints.had(key, mark.acknowledgedFields(), ID, id))
                        .map(id -> to(key, id, store, mark, Origin.SCAN, now)))
                // As old as what was read: a save that is still to be committed wins.
                .map(last ->
                        rest == null ? last : last.withVersion(Math.max(mark.sourceVersion(), rest.sourceVersion())));
    }

    private Desired to(
            CustomerKey key, String externalId, StoreSettings store, LedgerMark mark, Origin origin, Instant now) {
        RenderedPayload rendered = words(externalId, store, mapper);
        // A scan's gives way to a save of the same moment.
        long said = origin == Origin.SCAN ? SourceVersions.read(now) : now.toEpochMilli();
        long version = Math.max(mark.sourceVersion(), said);
        return new Desired(key, rendered.body(), rendered.fingerprint(), version, origin, now);
    }

    static Optional<String> externalId(Desired state) {
        return Optional.ofNullable(Bodies.customer(state.payload()).path(ID).textValue());
    }

    /** Whether this is all that Yotpo acknowledged last, so that the customer did not come back since. */
    static boolean isLastOf(LedgerMark mark) {
        return FIELDS.containsAll(FieldPrints.fields(mark.acknowledgedFields()));
    }

    /** No personal data: the id and the status. */
    static RenderedPayload words(String externalId, StoreSettings store, PayloadMapper mapper) {
        CustomerPayload payload = CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, externalId)
                .set(CustomerProperty.ACCOUNT_STATUS, "disabled")
                .build();
        return mapper.render(payload, store);
    }
}
