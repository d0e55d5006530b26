package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what a save of a customer would send, and why, without sending it. Thread-safe; reads the host's customer and the
 * ledger, so it is called on an operator's thread.
 */
public final class Preview {

    private final ScanPorts ports;
    private final StoreSwitch stores;
    private final FieldPrints prints;
    private final Judge judge;
    private final Farewell farewell;
    private final boolean disable;
    private final PayloadMask mask = new PayloadMask();

    public Preview(ScanPorts ports, ScanSettings settings, StoreSwitch stores, Mapping mapping) {
        this.ports = ports;
        this.stores = stores;
        this.prints = mapping.prints();
        this.judge = mapping.judge(settings);
        this.farewell = mapping.farewell();
        this.disable = settings.leavers().areDisabled();
    }

    /** What would become of it. */
    public enum Decision {
        WOULD_SEND,
        /** Yotpo has it, or it waits to be sent, as it is. */
        UNCHANGED,
        SKIPPED,
        /** The ledger has a newer state. */
        OVERTAKEN,
        OTHER_STORE,
        STORE_DISABLED,
        /** The shop has no such customer. */
        NOT_FOUND,
        /** Nothing personal is left of a customer whom Yotpo knows. */
        LEFT
    }

    /**
     * One customer in one store.
     *
     * @param store its key
     * @param masked whether only what says nothing about a person is readable
     * @param reason why it would be skipped
     * @param identifier the property that Yotpo knows it by
     * @param payload the JSON that would be sent; personal data unless masked
     * @param differing fields that differ from what was acknowledged last; {@code null} if that is not known
     * @param comparedWith when Yotpo acknowledged that
     */
    public record Previewed(
            String customer,
            String store,
            boolean masked,
            Decision decision,
            @Nullable SkipReason reason,
            @Nullable String identifier,
            @Nullable String payload,
            @Nullable Set<String> differing,
            @Nullable Instant comparedWith) {

        /** No payload. */
        @Override
        public String toString() {
            return "Previewed[" + store + "/" + customer + ", " + decision + "]";
        }
    }

    /**
     * @param masked whether only what says nothing about a person is to be readable
     * @throws UnreadableCustomerException if the host cannot read it now
     */
    public Previewed of(CustomerKey key, boolean masked) {
        StoreSettings store = ports.stores().get(key.store());
        return UnreadableCustomerException.unlessRead(() -> ports.source().find(key.customerId()))
                .map(customer -> of(customer, store, masked))
                .orElseGet(() -> decided(key, masked, Decision.NOT_FOUND, null));
    }

    private Previewed of(CustomerSnapshot customer, StoreSettings store, boolean masked) {
        CustomerKey key = new CustomerKey(store.key(), customer.id());
        KnownCustomers known = KnownCustomers.of(ports, List.of(customer));
        if (!known.belongs(customer, store)) {
            return decided(key, masked, Decision.OTHER_STORE, null);
        }
        LedgerMark mark = known.mark(customer, store);
        Instant now = ports.clock().instant();
        Judgement judgement =
                withRest(judge.judge(customer, store, mark, now, ConsentRule.TELL), key, store, mark, now);
        if (judgement instanceof Judgement.Skip skip) {
            return decided(key, masked, Decision.SKIPPED, skip.reason());
        }
        if (judgement instanceof Judgement.Left) {
            return decided(key, masked, Decision.LEFT, null);
        }
        // Without a mark the whole state comes out, whatever the ledger says of it.
        Judgement whole = judge.judge(customer, store, null, now, ConsentRule.TELL);
        Decision decision = !stores.isEnabled(store)
                ? Decision.STORE_DISABLED
                : judgement instanceof Judgement.Unchanged
                        ? Decision.UNCHANGED
                        : judgement instanceof Judgement.Overtaken ? Decision.OVERTAKEN : Decision.WOULD_SEND;
        return whole instanceof Judgement.Send send
                ? shown(send.desired(), decision, mark, masked)
                : decided(key, masked, decision, null);
    }

    /** Of one who left and whom Yotpo is not told of, the rest is sent. */
    private Judgement withRest(
            Judgement judgement, CustomerKey key, StoreSettings store, @Nullable LedgerMark mark, Instant now) {
        Judgement rest = judgement instanceof Judgement.Left left ? left.otherwise() : null;
        return rest == null || mark == null || isTold(key, store, mark, (Judgement.Left) judgement, now)
                ? judgement
                : rest;
    }

    private boolean isTold(CustomerKey key, StoreSettings store, LedgerMark mark, Judgement.Left left, Instant now) {
        return disable && farewell.to(key, store, mark, left.rest(), now).isPresent();
    }

    private Previewed shown(Desired state, Decision decision, @Nullable LedgerMark mark, boolean masked) {
        Identifier by = Identifiers.in(state.payload());
        FieldChanges changes =
                mark == null ? null : prints.changes(state.key(), mark.acknowledgedFields(), state.payload());
        return new Previewed(
                state.key().customerId(),
                state.key().store().value(),
                masked,
                decision,
                null,
                by == null ? "unknown" : by.property(),
                masked ? mask.mask(state.payload(), state.key().customerId()) : state.payload(),
                changes == null ? null : changes.all(),
                mark == null ? null : mark.acknowledgedAt());
    }

    private static Previewed decided(CustomerKey key, boolean masked, Decision decision, @Nullable SkipReason reason) {
        return new Previewed(key.customerId(), key.store().value(), masked, decision, reason, null, null, null, null);
    }
}
