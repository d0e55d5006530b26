package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.scan.Pages.Page;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through the host's customers, a batch at a time. */
final class CustomerPass {

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final Judge judge;
    private final Farewell farewell;
    private final Pages pages;

    CustomerPass(ScanPorts ports, ScanSettings settings, Judge judge, Farewell farewell) {
        this.ports = ports;
        this.settings = settings;
        this.judge = judge;
        this.farewell = farewell;
        pages = new Pages(ports.source(), settings.pace().batch(), ports.clock());
    }

    /** Called every now and then, whether there is something to do or not. */
    void rest(Instant now) {
        pages.dropOld(now);
    }

    /** @param unknownSince customers that no row tells of are left out if they are older; {@link Instant#EPOCH} for none */
    Step step(ScanState state, StoreSettings store, ConsentRule consent, Instant unknownSince) {
        Page page = pages.read(state);
        Batch batch = new Batch();
        List<String> ids = page.ids();
        if (ids.isEmpty()) {
            return batch.step(state.lastId(), true);
        }
        Instant readAt = page.readAt();
        List<CustomerSnapshot> customers = page.customers();
        KnownCustomers known = KnownCustomers.of(ports, customers);
        for (CustomerSnapshot customer : customers) {
            batch.count(Tally.SCANNED);
            if (!known.belongs(customer, store)) {
                batch.count(Tally.OTHER_STORE);
                continue;
            }
            LedgerMark mark = known.mark(customer, store);
            batch.known(mark);
            if (mark == null && isOlder(customer, unknownSince)) {
                batch.count(Tally.NOT_BACKFILLED);
                continue;
            }
            add(batch, customer, store, mark, judge.judge(customer, store, mark, readAt, consent), readAt);
        }
        return batch.step(ids.get(ids.size() - 1), ids.size() < settings.pace().batch());
    }

    private void add(
            Batch batch,
            CustomerSnapshot customer,
            StoreSettings store,
            @Nullable LedgerMark mark,
            Verdict verdict,
            Instant now) {
        if (verdict instanceof Verdict.Send send) {
            batch.add(send, mark);
        } else if (verdict instanceof Verdict.Unchanged unchanged) {
            batch.count(unchanged.heldBack() ? Tally.CONSENT_HELD_BACK : Tally.UNCHANGED);
        } else if (verdict instanceof Verdict.Skip skip) {
            batch.skipped(skip.reason());
        } else if (verdict instanceof Verdict.Overtaken) {
            batch.count(Tally.OVERTAKEN);
        } else if (verdict instanceof Verdict.Left left && mark != null) {
            left(batch, customer, store, mark, left, now);
        }
    }

    private void left(
            Batch batch,
            CustomerSnapshot customer,
            StoreSettings store,
            LedgerMark mark,
            Verdict.Left left,
            Instant now) {
        CustomerKey key = new CustomerKey(store.key(), customer.id());
        Desired rest = left.rest();
        boolean tell = settings.leavers().areDisabled();
        Optional<Desired> last = tell ? farewell.to(key, store, mark, rest, now) : Optional.empty();
        batch.count(Tally.GONE);
        if (last.isPresent() && !last.get().fingerprint().equals(mark.desired())) {
            batch.enqueue(last.get());
            batch.count(Tally.DISABLED);
            batch.example(key.customerId(), "nothing is left that identifies a person");
            return;
        }
        if (tell && last.isEmpty() && mark.status() != LedgerStatus.PENDING) {
            batch.count(Tally.OUT_OF_REACH);
        }
        Verdict otherwise = left.otherwise();
        if (otherwise == null && isOver(mark, last.isPresent(), now)) {
            batch.purge(key);
        } else if (otherwise != null && last.isEmpty()) {
            // A choice of one who cannot be disabled is a choice all the same; and the row would only come back.
            add(batch, customer, store, mark, otherwise, now);
        }
    }

    private boolean isOver(LedgerMark mark, boolean told, Instant now) {
        boolean done = told ? mark.status() == LedgerStatus.IN_SYNC : mark.status() != LedgerStatus.PENDING;
        return done && !mark.updatedAt().isAfter(now.minus(settings.leavers().retention()));
    }

    private static boolean isOlder(CustomerSnapshot customer, Instant since) {
        Instant changed = customer.updatedAt() == null ? customer.createdAt() : customer.updatedAt();
        return since.isAfter(Instant.EPOCH) && (changed == null || changed.isBefore(since));
    }
}
