package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.payload.FieldPrints;
import io.yotposync.prepare.Preparation;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends customers again although nothing changed, behind all live work. Thread-safe; does I/O. */
public final class Resending {

    private final ScanPorts ports;
    private final Judge judge;

    public Resending(ScanPorts ports, ScanSettings settings, Preparation preparation, FieldPrints prints) {
        this.ports = ports;
        this.judge = new Judge(preparation, prints, settings.patience());
    }

    /**
     * Sends what the shop has of them now. A consent that a backfill held back is held back again.
     *
     * @return the customers that will be sent; those not found, of another store or without identifier are not
     */
    public Set<String> again(StoreSettings store, List<String> customerIds) {
        Instant readAt = ports.clock().instant();
        List<CustomerSnapshot> customers = ports.source().findAll(customerIds);
        KnownCustomers known = KnownCustomers.of(ports, customers);
        List<Desired> states = new ArrayList<>();
        for (CustomerSnapshot customer : customers) {
            LedgerMark mark = known.mark(customer, store);
            Verdict verdict = judge.judge(customer, store, null, readAt, rule(customer, store, mark));
            if (known.belongs(customer, store) && verdict instanceof Verdict.Send send) {
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

    private ConsentRule rule(CustomerSnapshot customer, StoreSettings store, @Nullable LedgerMark mark) {
        boolean heldBack = mark != null
                && judge.judge(customer, store, mark, ports.clock().instant(), ConsentRule.FOLLOW)
                        .equals(new Verdict.Unchanged(true));
        return heldBack ? ConsentRule.HOLD_BACK : ConsentRule.TELL;
    }
}
