package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through a store's rows, for customers that the host no longer has. */
final class LedgerPass {

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final Farewell farewell;

    LedgerPass(ScanPorts ports, ScanSettings settings, Farewell farewell) {
        this.ports = ports;
        this.settings = settings;
        this.farewell = farewell;
    }

    Step step(ScanState state, StoreSettings store) {
        Instant now = ports.clock().instant();
        int limit = Math.min(settings.pace().batch(), LedgerQuery.MAX_LIMIT);
        // An empty id comes before all others.
        CustomerKey after = new CustomerKey(store.key(), state.lastId() == null ? "" : state.lastId());
        List<LedgerRow> rows = ports.outbox()
                .list(LedgerQuery.all().withStore(store.key()).after(after).withLimit(limit));
        Batch batch = new Batch();
        if (rows.isEmpty()) {
            return batch.step(state.lastId(), true);
        }
        List<CustomerKey> missing = missing(rows, now);
        rows.forEach(row -> batch.count(Tally.ROWS));
        if (!missing.isEmpty()) {
            Map<CustomerKey, LedgerMark> marks = ports.outbox().marks(missing);
            Instant leftAlone = now.minus(settings.leavers().grace());
            marks.forEach((key, mark) -> {
                if (!mark.updatedAt().isAfter(leftAlone)) { // else it came back while the host was asked
                    gone(batch, key, store, mark, now);
                }
            });
        }
        return batch.step(rows.get(rows.size() - 1).key().customerId(), rows.size() < limit);
    }

    /** Those that the host does not have and that nothing was heard of for a while. */
    private List<CustomerKey> missing(List<LedgerRow> rows, Instant now) {
        Set<String> existing = ports.source()
                .existing(rows.stream().map(row -> row.key().customerId()).toList());
        Instant leftAlone = now.minus(settings.leavers().grace());
        return rows.stream()
                .filter(row -> !existing.contains(row.key().customerId()))
                .filter(row -> !row.updatedAt().isAfter(leftAlone))
                .map(LedgerRow::key)
                .toList();
    }

    private void gone(Batch batch, CustomerKey key, StoreSettings store, LedgerMark mark, Instant now) {
        if (mark.status() == LedgerStatus.PENDING && !mark.mayBeAtYotpo()) {
            batch.missing();
            batch.purge(key);
            return;
        }
        Optional<Desired> last =
                settings.leavers().areDisabled() ? farewell.to(key, store, mark, Origin.SCAN, now) : Optional.empty();
        if (last.isPresent() && !last.get().fingerprint().equals(mark.desired())) {
            batch.missing();
            batch.enqueue(last.get());
            batch.count(Tally.DISABLED);
            batch.example(key.customerId(), "is no longer there");
        } else if (mark.status() != LedgerStatus.PENDING) {
            if (last.isEmpty() && settings.leavers().areDisabled()) {
                batch.count(Tally.OUT_OF_REACH);
            }
            if (!mark.updatedAt().isAfter(now.minus(settings.leavers().retention()))) {
                if (last.isEmpty()) { // of the others it asked when they were disabled
                    batch.missing();
                    batch.example(key.customerId(), "is no longer there");
                }
                batch.purge(key);
            }
        }
    }
}
