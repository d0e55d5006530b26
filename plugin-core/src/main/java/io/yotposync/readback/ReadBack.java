package io.yotposync.readback;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.CustomerLookup.Found;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Chore;
import io.yotposync.scan.ScanState;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches acknowledged customers from Yotpo and compares them field by field with what it acknowledged. Keeps to the
 * store's rate; a sample waits while live saves do. Thread-safe; {@link #check} blocks for the requests it makes.
 */
public final class ReadBack implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** At most this many can be asked for at once. */
    public static final int MAX = 100;

    private final CustomerLookup lookup;
    private final Outbox outbox;
    private final FieldPrints prints;
    private final Resend resend;
    private final ReadBackSettings settings;
    private final Clock clock;

    private final Map<StoreKey, ReadBackReport> latest = new ConcurrentHashMap<>();
    private final Map<StoreKey, Instant> nextSample = new HashMap<>();
    private final Map<StoreKey, CustomerKey> sampledUpTo = new HashMap<>();

    /** Sends customers again and says which. */
    @FunctionalInterface
    public interface Resend {
        Set<String> again(StoreSettings store, List<String> customerIds);
    }

    public ReadBack(
            CustomerLookup lookup,
            Outbox outbox,
            FieldPrints prints,
            Resend resend,
            ReadBackSettings settings,
            Clock clock) {
        this.lookup = lookup;
        this.outbox = outbox;
        this.prints = prints;
        this.resend = resend;
        this.settings = settings;
        this.clock = clock;
    }

    /** The last report of a store on this node. */
    public Optional<ReadBackReport> latest(StoreKey store) {
        return Optional.ofNullable(latest.get(store));
    }

    /** Reads these customers back now, at most {@value #MAX}; sends again as configured. */
    public ReadBackReport check(StoreSettings store, Collection<String> customerIds) {
        return check(store, customerIds, settings.resend());
    }

    /** @param again whether what is missing or drifted is sent again */
    public ReadBackReport check(StoreSettings store, Collection<String> customerIds, boolean again) {
        if (customerIds.size() > MAX) {
            throw new IllegalArgumentException("at most " + MAX + " customers can be read back at once");
        }
        List<CustomerKey> keys = customerIds.stream()
                .distinct()
                .map(id -> new CustomerKey(store.key(), id))
                .toList();
        Map<CustomerKey, LedgerMark> marks = outbox.marks(keys);
        Map<String, Checked> checked = new LinkedHashMap<>();
        List<String> ask = new ArrayList<>();
        for (CustomerKey key : keys) {
            Result early = notToBeAsked(key, marks.get(key));
            checked.put(
                    key.customerId(),
                    new Checked(key.customerId(), early == null ? Result.NO_ANSWER : early, Set.of(), false));
            if (early == null) {
                ask.add(key.customerId());
            }
        }
        for (int from = 0; from < ask.size(); from += CustomerLookup.MAX_IDS) {
            List<String> some = ask.subList(from, Math.min(from + CustomerLookup.MAX_IDS, ask.size()));
            compare(store, some, marks, checked);
        }
        List<Checked> all = again ? resent(store, checked) : List.copyOf(checked.values());
        ReadBackReport report = new ReadBackReport(store.key(), clock.instant(), all);
        latest.put(store.key(), report);
        return report;
    }

    private @Nullable Result notToBeAsked(CustomerKey key, @Nullable LedgerMark mark) {
        if (mark == null || mark.acknowledgedAt() == null) {
            return Result.NOT_COMPARABLE;
        }
        Instant shown = mark.acknowledgedAt().plus(settings.visibleAfter());
        if (mark.status() != LedgerStatus.IN_SYNC || shown.isAfter(clock.instant())) {
            return Result.TOO_EARLY;
        }
        return prints.had(key, mark.acknowledgedFields(), "external_id", key.customerId())
                ? null
                : Result.NOT_COMPARABLE;
    }

    private void compare(
            StoreSettings store, List<String> ids, Map<CustomerKey, LedgerMark> marks, Map<String, Checked> checked) {
        Map<String, JsonNode> shown = find(store, ids);
        if (shown == null) {
            return;
        }
        for (String id : ids) {
            CustomerKey key = new CustomerKey(store.key(), id);
            LedgerMark mark = marks.get(key);
            JsonNode customer = shown.get(id);
            // Whether one request may name several ids is inferred: nobody is called missing without being asked for
            // alone.
            if (customer == null && ids.size() > 1) {
                Map<String, JsonNode> alone = find(store, List.of(id));
                if (alone == null) {
                    continue;
                }
                customer = alone.get(id);
            }
            checked.put(id, compared(key, mark == null ? null : mark.acknowledgedFields(), customer));
        }
    }

    private Checked compared(CustomerKey key, @Nullable String acknowledged, @Nullable JsonNode customer) {
        if (customer == null) {
            return new Checked(key.customerId(), Result.MISSING, Set.of(), false);
        }
        FieldChanges drift = prints.drift(key, acknowledged, customer);
        if (drift == null) {
            return new Checked(key.customerId(), Result.NOT_COMPARABLE, Set.of(), false);
        }
        Result result = drift.isEmpty() ? Result.EQUAL : Result.DRIFTED;
        return new Checked(key.customerId(), result, drift.all(), false);
    }

    /** By external id; {@code null} without an answer. */
    private @Nullable Map<String, JsonNode> find(StoreSettings store, List<String> ids) {
        try {
            Duration longest = store.sending().requestTimeout().multipliedBy(3);
            Found found = lookup.find(store, ids).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (found.failure() != null) {
                LOG.debug("Yotpo sync: customers of store {} could not be read back: {}", store.key(), found.failure());
                return null;
            }
            Map<String, JsonNode> byId = new HashMap<>();
            found.customers().forEach(each -> byId.put(each.path("external_id").asText(), each));
            return byId;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException noAnswer) {
            return null;
        }
    }

    private List<Checked> resent(StoreSettings store, Map<String, Checked> checked) {
        List<String> wrong = checked.values().stream()
                .filter(each -> each.result() == Result.MISSING || each.result() == Result.DRIFTED)
                .map(Checked::customerId)
                .toList();
        Set<String> sent = wrong.isEmpty() ? Set.of() : resend.again(store, wrong);
        return checked.values().stream()
                .map(each ->
                        new Checked(each.customerId(), each.result(), each.fields(), sent.contains(each.customerId())))
                .toList();
    }

    /** A sample of each store, as often as configured; the next one goes on where this one ended. */
    @Override
    public void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now) {
        if (settings.every().isZero()) {
            return;
        }
        for (StoreSettings store : stores) {
            Instant due = nextSample.computeIfAbsent(store.key(), any -> now.plus(settings.every()));
            // One small request at a time beside live work would still take its place.
            if (!due.isAfter(now) && !outbox.dueStores(now).contains(store.key())) {
                nextSample.put(store.key(), now.plus(settings.every()));
                sample(store);
            }
        }
    }

    private void sample(StoreSettings store) {
        int size = Math.min(settings.sample(), MAX);
        List<LedgerRow> rows = outbox.list(LedgerQuery.all()
                .withStore(store.key())
                .withStatus(LedgerStatus.IN_SYNC)
                .after(sampledUpTo.get(store.key()))
                .withLimit(size));
        if (rows.size() < size) {
            sampledUpTo.remove(store.key());
        } else {
            sampledUpTo.put(store.key(), rows.get(rows.size() - 1).key());
        }
        ReadBackReport report =
                check(store, rows.stream().map(row -> row.key().customerId()).toList());
        long wrong = report.count(Result.MISSING) + report.count(Result.DRIFTED);
        if (wrong > 0) {
            LOG.warn(
                    "Yotpo sync: of {} customers read back from store {}, {} are missing and {} differ",
                    report.customers().size(),
                    store.key(),
                    report.count(Result.MISSING),
                    report.count(Result.DRIFTED));
        }
    }
}
