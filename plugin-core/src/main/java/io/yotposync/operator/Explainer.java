package io.yotposync.operator;

import io.yotposync.operator.LastHeard.Heard;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.Foresight;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers why a customer is, or is not, in Yotpo. May do I/O, and throws what the outbox throws. Thread-safe. */
public final class Explainer {

    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

    private static final int AUDITED = 200;

    private final StoreSwitch stores;
    private final Outbox outbox;
    private final LastHeard heard;
    private final LiveLanes lanes;
    private final CustomerCheck check;
    private final AuditLog audit;
    private final Clock clock;

    public Explainer(
            StoreSwitch stores,
            Outbox outbox,
            LastHeard heard,
            LiveLanes lanes,
            CustomerCheck check,
            AuditLog audit,
            Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.heard = heard;
        this.lanes = lanes;
        this.check = check;
        this.audit = audit;
        this.clock = clock;
    }

    /** For every configured store. */
    public List<Explanation> explain(String customerId) {
        return stores.stores().all().stream()
                .map(store -> explain(new CustomerKey(store.key(), customerId)))
                .toList();
    }

    /** @throws IllegalArgumentException if there is no such store */
    public Explanation explain(CustomerKey customer) {
        StoreSettings store = stores.stores().get(customer.store());
        Heard own = heardOf(customer);
        LedgerRow row = outbox.find(customer).orElse(null);
        Facts.Elsewhere elsewhere = row == null && own == null ? elsewhere(customer) : null;
        Instant heardAt = own == null ? (elsewhere == null ? Instant.MIN : elsewhere.at()) : own.at();
        Facts facts = new Facts(
                customer,
                store,
                stores.state(customer.store()),
                stores.isEnabled(store),
                own,
                row,
                lanes.of(customer.store()),
                elsewhere,
                row == null ? erasedSince(heardAt, customer.customerId()) : null,
                check(customer),
                check.scans(),
                clock.instant());
        Finding finding = Finding.of(facts);
        return new Explanation(
                customer.customerId(),
                customer.store().value(),
                finding.verdict(),
                finding.because(),
                finding.nextTry(),
                Steps.of(facts));
    }

    private @Nullable Heard heardOf(CustomerKey customer) {
        Heard here = heard.of(customer);
        Heard nowhere = heard.withoutStore(customer.customerId());
        if (here == null || nowhere == null) {
            return here == null ? nowhere : here;
        }
        return here.at().isBefore(nowhere.at()) ? nowhere : here;
    }

    /** The last one that another store took. */
    private Facts.@Nullable Elsewhere elsewhere(CustomerKey customer) {
        Facts.Elsewhere last = null;
        for (StoreSettings other : stores.stores().all()) {
            Heard there = heard.of(new CustomerKey(other.key(), customer.customerId()));
            if (there != null
                    && there.reason() == null
                    && (last == null || there.at().isAfter(last.at()))) {
                last = new Facts.Elsewhere(other.key(), there.at());
            }
        }
        return last;
    }

    /** Looked for among the newest entries alone; a log that cannot be read is no reason to explain nothing. */
    private @Nullable Instant erasedSince(Instant heardAt, String customerId) {
        try {
            return audit.newest(AUDITED).stream()
                    .filter(entry -> entry.action().equals("erase") && customerId.equals(entry.customer()))
                    .filter(entry -> !entry.outcome().startsWith(Audited.FAILED))
                    .map(AuditEntry::at)
                    .filter(at -> !at.isBefore(heardAt))
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException fault) {
            LOG.debug(
                    "Yotpo sync: the audit log could not be read: {}",
                    fault.getClass().getName());
            return null;
        }
    }

    private Foresight.@Nullable Seen check(CustomerKey customer) {
        try {
            return check.of(customer);
        } catch (RuntimeException | Error fault) {
            LOG.debug(
                    "Yotpo sync: {} could not be read: {}",
                    customer,
                    fault.getClass().getName());
            return null;
        }
    }
}
