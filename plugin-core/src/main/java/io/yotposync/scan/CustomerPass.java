package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.scan.Departures.Told;
import io.yotposync.scan.Pages.Page;
import io.yotposync.scan.ScanSettings.Pace;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the host's customers, a batch at a time. */
final class CustomerPass {

    private final ScanPorts ports;
    private final Pace pace;
    private final Judge judge;
    private final Departures departures;
    private final Pages pages;

    CustomerPass(ScanPorts ports, Pace pace, Judge judge, Departures departures) {
        this.ports = ports;
        this.pace = pace;
        this.judge = judge;
        this.departures = departures;
        pages = new Pages(ports.source(), pace.batch(), ports.clock());
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
        return batch.step(page.lastId(), ids.size() < pace.batch());
    }

    private void add(
            Batch batch,
            CustomerSnapshot customer,
            StoreSettings store,
            @Nullable LedgerMark mark,
            Judgement judgement,
            Instant now) {
        if (judgement instanceof Judgement.Send send) {
            batch.add(send, mark);
        } else if (judgement instanceof Judgement.Unchanged unchanged) {
            batch.count(unchanged.heldBack() ? Tally.CONSENT_HELD_BACK : Tally.UNCHANGED);
        } else if (judgement instanceof Judgement.Skip skip) {
            batch.skipped(skip.reason());
        } else if (judgement instanceof Judgement.Overtaken) {
            batch.count(Tally.OVERTAKEN);
        } else if (judgement instanceof Judgement.Left left && mark != null) {
            left(batch, customer, store, mark, left, now);
        }
    }

    private void left(
            Batch batch,
            CustomerSnapshot customer,
            StoreSettings store,
            LedgerMark mark,
            Judgement.Left left,
            Instant now) {
        CustomerKey key = new CustomerKey(store.key(), customer.id());
        Leaver leaver = new Leaver(key, store, mark, left.rest(), "nothing is left that identifies a person");
        Told told = departures.tell(leaver, batch, now);
        Judgement otherwise = left.otherwise();
        batch.count(Tally.GONE);
        if (otherwise == null && isDone(leaver, told) && !departures.isRetained(mark, now)) {
            batch.purge(key);
        } else if (otherwise != null && told == Told.NOT) {
            // A choice of one who cannot be disabled is a choice all the same; and the row would only come back.
            add(batch, customer, store, mark, otherwise, now);
        }
    }

    private static boolean isDone(Leaver leaver, Told told) {
        return switch (told) {
            case NOW -> false;
            case BEFORE -> leaver.mark().status() == LedgerStatus.IN_SYNC;
            case NOT -> !leaver.isPending();
        };
    }

    private static boolean isOlder(CustomerSnapshot customer, Instant since) {
        Instant changed = customer.updatedAt() == null ? customer.createdAt() : customer.updatedAt();
        return since.isAfter(Instant.EPOCH) && (changed == null || changed.isBefore(since));
    }
}
