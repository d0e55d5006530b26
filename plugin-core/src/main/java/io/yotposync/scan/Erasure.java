package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers a shopper's request for erasure, as far as this plugin can. Erase the customer in the shop first: as long as
 * the shop has the customer, the next save or scan sends it again. Thread-safe; does I/O.
 */
public final class Erasure implements Chore {

    private static final String NO_CALL =
            "Yotpo documents no call that deletes a customer: ask Yotpo to erase this one, by the identifier named here.";

    private static final String NO_STORE =
            "This store is no longer configured, so Yotpo was not told that the customer is disabled. ";

    private static final String NOTHING_TAKEN =
            "Yotpo refused what it was asked for this customer and, by its answer, took nothing: ask Yotpo to be certain.";

    private final Stores stores;
    private final ScanStates states;
    private final Outbox outbox;
    private final Farewell farewell;
    private final Hooks hooks;
    private final Clock clock;

    /** See {@link ScanPorts}. */
    public record Hooks(Consumer<Desired> written, Consumer<CustomerKey> forget) {}

    public Erasure(Stores stores, ScanStates states, Outbox outbox, Mapping mapping, Hooks hooks, Clock clock) {
        this.stores = stores;
        this.states = states;
        this.outbox = outbox;
        this.farewell = mapping.farewell();
        this.hooks = hooks;
        this.clock = clock;
    }

    /**
     * What was sent and what became of it, in one store; no personal data.
     *
     * @param store its key
     * @param identifier what Yotpo knows the customer by, as far as the ledger can tell
     * @param fields names of the fields that Yotpo acknowledged last; empty if not known
     * @param lastAcknowledged when Yotpo last took a state, {@code null} if it never did
     * @param left what only Yotpo can do or say, empty if nothing
     */
    public record Receipt(
            String store,
            Deed done,
            String identifier,
            Set<String> fields,
            Instant firstSeen,
            @Nullable Instant lastAcknowledged,
            String left) {}

    /** What this plugin did about it. */
    public enum Deed {
        /** Yotpo never took anything, though it may have refused something; the row is gone. */
        PURGED,
        /**
         * Yotpo is told that the customer is disabled; the row goes when it has acknowledged that, and stays among the
         * refused if it does not.
         */
        DISABLING,
        /** Yotpo cannot be told for want of an identifier, or of the store's settings; the row is gone. */
        PURGED_UNTOLD,
        /** A request is under way; ask again in a minute. */
        BUSY
    }

    /**
     * One receipt for each store that knows the customer, also for those that are no longer configured; none if no store
     * does.
     */
    public List<Receipt> erase(String customerId) {
        Map<StoreKey, StoreSettings> configured =
                stores.all().stream().collect(Collectors.toMap(StoreSettings::key, store -> store));
        List<Receipt> receipts = new ArrayList<>();
        for (LedgerRow row : outbox.list(LedgerQuery.all().withCustomer(customerId))) {
            CustomerKey key = row.key();
            Instant now = clock.instant(); // before: what is sent from here on keeps the row
            LedgerMark mark = outbox.marks(List.of(key)).get(key);
            if (mark != null) {
                receipts.add(erase(configured.get(key.store()), row, mark, now));
            }
        }
        return receipts;
    }

    private Receipt erase(@Nullable StoreSettings store, LedgerRow row, LedgerMark mark, Instant now) {
        CustomerKey key = row.key();
        hooks.forget().accept(key);
        boolean sent = mark.mayBeAtYotpo();
        Optional<Desired> last =
                sent && store != null ? farewell.to(key, store, mark, Origin.LIVE, now) : Optional.empty();
        last.ifPresent(disabled -> disable(disabled, now));
        Deed done = last.isPresent() ? Deed.DISABLING : purge(key, mark, now);
        Set<String> fields = FieldPrints.fields(mark.acknowledgedFields());
        String left = sent ? NO_CALL + former(row) : wasRefused(row) ? NOTHING_TAKEN : "";
        return new Receipt(
                key.store().value(),
                done,
                identifier(fields),
                fields,
                row.createdAt(),
                row.acknowledgedAt(),
                sent && store == null ? NO_STORE + left : left);
    }

    private void disable(Desired last, Instant now) {
        CustomerKey key = last.key();
        ScanJob job = ScanJob.erasure(key.store(), key.customerId());
        outbox.upsert(List.of(last), now);
        // Only now: a round that found it before would take the row for one that Yotpo knows to be disabled.
        states.update(job, known -> ScanState.begun(job, Instant.EPOCH, ScanCounts.NONE, now));
        hooks.written().accept(last);
    }

    private Deed purge(CustomerKey key, LedgerMark mark, Instant now) {
        Instant changed = mark.updatedAt(); // by a clock that was ahead, it may be
        if (!outbox.forget(List.of(key), changed.isAfter(now) ? changed : now).isEmpty()) {
            return Deed.BUSY;
        }
        return mark.mayBeAtYotpo() ? Deed.PURGED_UNTOLD : Deed.PURGED;
    }

    private static String former(LedgerRow row) {
        return row.formerContacts() == 0
                ? ""
                : " It was known by " + row.formerContacts()
                        + " other e-mail addresses or phone numbers before, each a profile of its own: ask for those too.";
    }

    private static boolean wasRefused(LedgerRow row) {
        return row.failure() != null && row.failure().status() > 0;
    }

    private static String identifier(Set<String> fields) {
        return Identifiers.IN_ORDER.stream()
                .filter(fields::contains)
                .findFirst()
                .orElse("unknown");
    }

    /** Deletes the rows of erased customers whom Yotpo knows to be disabled; several nodes may do so at once. */
    @Override
    public void run(Collection<StoreSettings> enabled, Collection<ScanState> scans, Instant now) {
        Map<CustomerKey, ScanState> erasures = scans.stream()
                .filter(scan -> scan.job().isErasure())
                .collect(Collectors.toMap(Erasure::erased, scan -> scan));
        if (!erasures.isEmpty()) {
            finish(erasures);
        }
    }

    private static CustomerKey erased(ScanState scan) {
        return new CustomerKey(scan.job().store(), scan.job().erasedCustomer());
    }

    /** All at once: thousands may wait for Yotpo, and no scan goes on meanwhile. */
    private void finish(Map<CustomerKey, ScanState> erasures) {
        Map<CustomerKey, LedgerMark> marks = outbox.marks(erasures.keySet());
        Set<CustomerKey> over = new HashSet<>(erasures.keySet());
        over.removeIf(key -> marks.containsKey(key) && marks.get(key).status() != LedgerStatus.IN_SYNC);
        // Saved again since: the shop has the customer, and its row stays. So it does where that was written after this
        // look, for a write may have begun long before.
        marks.entrySet().stream()
                .filter(row -> over.contains(row.getKey()) && Farewell.isLastOf(row.getValue()))
                .collect(Collectors.groupingBy(
                        row -> row.getValue().updatedAt(), Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .forEach((changed, told) -> over.removeAll(outbox.forget(told, changed)));
        erasures.forEach((key, scan) -> {
            if (over.contains(key)) {
                hooks.forget().accept(key);
                states.update(scan.job(), known -> scan.equals(known) ? null : known);
            }
        });
    }
}
