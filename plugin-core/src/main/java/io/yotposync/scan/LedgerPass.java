package io.yotposync.scan;

import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.scan.Departures.Told;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through a store's rows, for customers that the host no longer has. */
final class LedgerPass {

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final Departures departures;

    LedgerPass(ScanPorts ports, ScanSettings settings, Departures departures) {
        this.ports = ports;
        this.settings = settings;
        this.departures = departures;
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
            marks.forEach((key, mark) -> {
                if (isLeftAlone(mark.updatedAt(), now)) { // else it came back while the host was asked
                    gone(batch, new Leaver(key, store, mark, null, "is no longer there"), now);
                }
            });
        }
        return batch.step(rows.get(rows.size() - 1).key().customerId(), rows.size() < limit);
    }

    /** Those that the host does not have and that nothing was heard of for a while. */
    private List<CustomerKey> missing(List<LedgerRow> rows, Instant now) {
        Set<String> existing = ports.source()
                .existing(rows.stream().map(row -> row.key().customerId()).toList());
        return rows.stream()
                .filter(row -> !existing.contains(row.key().customerId()))
                .filter(row -> isLeftAlone(row.updatedAt(), now))
                .map(LedgerRow::key)
                .toList();
    }

    private boolean isLeftAlone(Instant heard, Instant now) {
        return !Judge.believable(heard, now)
                .isAfter(now.minus(settings.leavers().grace()));
    }

    private void gone(Batch batch, Leaver leaver, Instant now) {
        CustomerKey key = leaver.key();
        if (leaver.isPending() && !leaver.mark().mayBeAtYotpo()) {
            batch.missing();
            batch.purge(key);
            return;
        }
        Told told = departures.tell(leaver, batch, now);
        if (told == Told.NOW) {
            batch.missing();
        } else if (!leaver.isPending() && !departures.isRetained(leaver.mark(), now)) {
            if (told == Told.NOT) { // of the others it asked when they were disabled
                batch.missing();
                batch.example(key.customerId(), leaver.how());
            }
            batch.purge(key);
        }
    }
}
