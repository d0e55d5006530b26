package io.yotposync.readback;

import io.yotposync.client.CustomerLookup;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Chore;
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches acknowledged customers from Yotpo and compares them field by field with what it acknowledged. Keeps to the
 * store's rate on this node, and asks for nothing while the store is paused, held, or waits as Yotpo wished. A sample waits
 * while live saves do, and is taken on the node that may send to the store alone, so that the rate holds over all nodes;
 * {@link #check} is for some customers on any node. Thread-safe; {@link #check} blocks for the requests it makes.
 */
public final class ReadBack implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** At most this many can be asked for at once. */
    public static final int MAX = 100;

    private final CustomerLookup lookup;
    private final Outbox outbox;
    private final FieldPrints prints;
    private final Known known;
    private final Resend resend;
    private final Shared shared;
    private final ReadBackSettings settings;
    private final Clock clock;

    /** Sends customers again and says which: by their ids with the fields that differ, none where Yotpo lacks them. */
    @FunctionalInterface
    public interface Resend {
        Set<String> again(StoreSettings store, Map<String, Set<String>> differing);
    }

    /** Says what Yotpo knows customers by. */
    @FunctionalInterface
    public interface Known {
        Map<String, Identifier> of(StoreSettings store, List<String> customerIds);
    }

    /** What is needed of the host. */
    public record Shop(Known known, Resend resend) {}

    /**
     * Where this node stands among those that share the outbox.
     *
     * @param scanStates keep when a sample was last taken, and how far
     * @param node its name as the lanes' leases have it
     */
    public record Shared(StoreStates storeStates, ScanStates scanStates, String node) {}

    public ReadBack(
            CustomerLookup lookup,
            Outbox outbox,
            FieldPrints prints,
            Shop shop,
            Shared shared,
            ReadBackSettings settings,
            Clock clock) {
        this.lookup = lookup;
        this.outbox = outbox;
        this.prints = prints;
        this.known = shop.known();
        this.resend = shop.resend();
        this.shared = shared;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads these customers back now, at most {@value #MAX}; sends again as configured. */
    public ReadBackReport check(StoreSettings store, Collection<String> customerIds) {
        return check(store, customerIds, settings.resend());
    }

    /** @param again whether what is missing or drifted is sent again */
    public ReadBackReport check(StoreSettings store, Collection<String> customerIds, boolean again) {
        return check(store, customerIds, again, () -> isFree(store));
    }

    private ReadBackReport check(
            StoreSettings store, Collection<String> customerIds, boolean again, BooleanSupplier mayAsk) {
        if (customerIds.size() > MAX) {
            throw new IllegalArgumentException("at most " + MAX + " customers can be read back at once");
        }
        List<CustomerKey> keys = customerIds.stream()
                .distinct()
                .map(id -> new CustomerKey(store.key(), id))
                .toList();
        Comparing comparing = new Comparing(store, outbox.marks(keys), prints, new Asking(lookup, store, mayAsk));
        keys.forEach(key -> comparing.add(key, clock.instant().minus(settings.visibleAfter())));
        Map<String, Checked> checked = comparing.compare(known);
        List<Checked> all = again ? resent(store, checked) : List.copyOf(checked.values());
        return new ReadBackReport(store.key(), clock.instant(), all);
    }

    private List<Checked> resent(StoreSettings store, Map<String, Checked> checked) {
        Map<String, Set<String>> wrong = checked.values().stream()
                .filter(ReadBack::isWrong)
                .collect(Collectors.toMap(Checked::customerId, Checked::fields));
        Set<String> sent = wrong.isEmpty() ? Set.of() : resend.again(store, wrong);
        return checked.values().stream()
                .map(each ->
                        new Checked(each.customerId(), each.result(), each.fields(), sent.contains(each.customerId())))
                .toList();
    }

    private static boolean isWrong(Checked each) {
        return each.result() == Result.MISSING || each.result() == Result.DRIFTED;
    }

    /**
     * A sample of each store, as often as configured, the first after that time; the next one goes on where this one ended,
     * on any node.
     */
    @Override
    public void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now) {
        if (settings.every().isZero()) {
            return;
        }
        for (StoreSettings store : stores) {
            ScanJob job = ScanJob.readBack(store.key());
            ScanState last = scans.stream()
                    .filter(each -> each.job().equals(job))
                    .findFirst()
                    .orElse(null);
            if (last == null) {
                note(job, null, now);
            } else if (isDue(last, now) && !outbox.dueStores(now).contains(store.key()) && mayTakeSample(store)) {
                // One small request at a time beside live work would still take its place.
                sample(store, last, now);
            }
        }
    }

    private boolean isDue(ScanState last, Instant now) {
        Instant taken = last.startedAt();
        return taken.isAfter(now) || !taken.plus(settings.every()).isAfter(now); // or the clock was put back
    }

    private void note(ScanJob job, @Nullable String upTo, Instant now) {
        shared.scanStates().update(job, any -> ScanState.noted(job, upTo, now));
    }

    private void sample(StoreSettings store, ScanState last, Instant now) {
        int size = settings.sample();
        String after = last.lastId();
        List<LedgerRow> rows = outbox.list(LedgerQuery.all()
                .withStore(store.key())
                .withStatus(LedgerStatus.IN_SYNC)
                .after(after == null ? null : new CustomerKey(store.key(), after))
                .withLimit(size));
        boolean all = rows.size() < size;
        note(last.job(), all ? null : rows.get(rows.size() - 1).key().customerId(), now);
        ReadBackReport report = check(
                store,
                rows.stream().map(row -> row.key().customerId()).toList(),
                settings.resend(),
                () -> mayTakeSample(store));
        long wrong = report.count(Result.MISSING) + report.count(Result.DRIFTED);
        if (wrong > 0) {
            LOG.warn(
                    "Yotpo sync: of {} customers read back from store {}, {} are missing and {} differ",
                    report.customers().size(),
                    store.key(),
                    report.count(Result.MISSING),
                    report.count(Result.DRIFTED));
        }
        report.customers().stream()
                .filter(ReadBack::isWrong)
                .forEach(each -> LOG.debug(
                        "Yotpo sync: customer {} read back from store {} is {}: {}",
                        each.customerId(),
                        store.key(),
                        each.result(),
                        each.fields()));
    }

    private boolean isFree(StoreSettings store) {
        StoreState state = shared.storeStates().get(store.key());
        return !state.paused() && state.held() == null && state.waitsUntil(clock.instant()) == null;
    }

    /** The lane's lease is not given back: this node may be draining under it. It ends by itself. */
    private boolean mayTakeSample(StoreSettings store) {
        return isFree(store)
                && outbox.lease(store.key(), shared.node(), store.sending().lease(), clock.instant())
                        .isPresent();
    }
}
