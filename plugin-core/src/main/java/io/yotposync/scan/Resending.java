package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.FieldPrints;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends customers again although nothing changed, behind all live work. Thread-safe; does I/O. */
public final class Resending {

    private final ScanPorts ports;
    private final boolean consent;
    private final boolean disable;
    private final Judge judge;

    public Resending(ScanPorts ports, ScanSettings settings, Mapping mapping) {
        this.ports = ports;
        this.consent = settings.consent();
        this.disable = settings.leavers().areDisabled();
        this.judge = mapping.judge(settings);
    }

    /**
     * Sends what the shop has of them now. A consent that a backfill held back is held back again.
     *
     * @return the customers that will be sent; those not found, of another store, without identifier, or of whom nothing
     *     personal is left are not
     * @throws UnreadableCustomerException if the host cannot read them now
     */
    public Set<String> again(StoreSettings store, List<String> customerIds) {
        return again(store, customerIds, mark -> true, Set.of());
    }

    /** Why a customer cannot be read now, by the fault's class; {@code null} if it can, or is not there. */
    public @Nullable String unreadable(String customerId) {
        try {
            boolean partial = ports.source()
                    .find(customerId)
                    .filter(CustomerSnapshot::partial)
                    .isPresent();
            return partial ? "not in full" : null;
        } catch (RuntimeException | Error fault) {
            return fault.getClass().getName();
        }
    }

    /**
     * The same for customers whom Yotpo turned out to lack, or to have with other values. A choice about marketing that
     * differs there may be the shopper's own, made in an e-mail of Yotpo's: unless backfills tell consents, it is held
     * back, and nothing is sent of whom nothing else differs. Like one that a backfill held back it is told with the
     * customer's next save or change. Who was saved since Yotpo was asked is left alone.
     *
     * @param differing the names of the fields that differ, by customer id; none for customers whom Yotpo lacks
     */
    public Set<String> corrected(StoreSettings store, Map<String, Set<String>> differing) {
        List<String> wrong = new ArrayList<>();
        Set<String> choosing = new HashSet<>();
        differing.forEach((id, fields) -> {
            boolean chose = !consent && fields.stream().anyMatch(FieldPrints.CONSENT::contains);
            if (!chose || !FieldPrints.CONSENT.containsAll(fields)) {
                wrong.add(id);
            }
            if (chose) {
                choosing.add(id);
            }
        });
        return wrong.isEmpty()
                ? Set.of()
                : again(store, wrong, mark -> mark == null || mark.status() == LedgerStatus.IN_SYNC, choosing);
    }

    /** @param holdBack whose consent is not told */
    private Set<String> again(
            StoreSettings store,
            List<String> customerIds,
            Predicate<@Nullable LedgerMark> wanted,
            Set<String> holdBack) {
        Instant readAt = ports.clock().instant();
        List<CustomerSnapshot> customers =
                UnreadableCustomerException.unlessRead(() -> ports.source().findAll(customerIds));
        KnownCustomers known = KnownCustomers.of(ports, customers);
        List<Desired> states = new ArrayList<>();
        for (CustomerSnapshot customer : customers) {
            LedgerMark mark = known.mark(customer, store);
            if (!wanted.test(mark)) {
                continue;
            }
            Judgement scanned = mark == null
                    ? null
                    : judge.judge(customer, store, mark, ports.clock().instant(), ConsentRule.FOLLOW);
            if (disable && scanned instanceof Judgement.Left) {
                continue; // enabled, nobody would disable it again before the next sweep
            }
            boolean heldBack = holdBack.contains(customer.id()) || new Judgement.Unchanged(true).equals(scanned);
            ConsentRule rule = heldBack ? ConsentRule.HOLD_BACK : ConsentRule.TELL;
            Judgement judgement = judge.judge(customer, store, null, readAt, rule);
            if (known.belongs(customer, store) && judgement instanceof Judgement.Send send) {
                states.add(mark == null ? send.desired() : overruling(mark, send.desired()));
            }
        }
        List<CustomerKey> sent = states.stream().map(Desired::key).toList();
        ports.outbox().distrust(sent, readAt);
        sent.forEach(ports.forget());
        Set<CustomerKey> refused = ports.outbox().upsert(states, ports.clock().instant());
        states.forEach(ports.written());
        return sent.stream()
                .filter(key -> !refused.contains(key))
                .map(CustomerKey::customerId)
                .collect(Collectors.toSet());
    }

    /** An operator's word: what the shop has is sent whatever time it bears. */
    private static Desired overruling(LedgerMark mark, Desired read) {
        return mark.sourceVersion() > read.sourceVersion() ? read.withVersion(mark.sourceVersion()) : read;
    }
}
