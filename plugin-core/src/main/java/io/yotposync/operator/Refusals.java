package io.yotposync.operator;

import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What Yotpo refused for good, grouped by what is the matter. Does I/O. Thread-safe. */
public final class Refusals {

    /** No more rows are looked at than this. */
    public static final int MAX_ROWS = 10_000;

    private static final int MAX_EXAMPLES = 5;
    private static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * Customers of one store that were refused alike.
     *
     * @param reason as Yotpo gave it, redacted
     * @param fix what an operator can do
     * @param examples ids of some of them
     */
    public record Group(
            String store,
            FailureClass kind,
            int status,
            String reason,
            String fix,
            long customers,
            List<String> examples) {}

    /**
     * All that were looked at, by what is the matter.
     *
     * @param complete whether all refused customers were looked at, and not only the first {@value #MAX_ROWS}
     */
    public record Refused(List<Group> groups, boolean complete) {}

    private record Alike(StoreKey store, Failure failure) {}

    private record Counted(Map<FailureClass, Long> counts, long parked, Instant at) {}

    private final Stores stores;
    private final Outbox outbox;
    private final Clock clock;
    private final Map<StoreKey, Counted> counted = new ConcurrentHashMap<>();

    public Refusals(Stores stores, Outbox outbox, Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * How many customers of a store were refused for which class of reasons; looked at anew when their number has
     * changed, and now and then.
     *
     * @param parked how many there are
     */
    Map<FailureClass, Long> byClass(StoreKey store, long parked) {
        Counted known = counted.get(store);
        Instant now = clock.instant();
        if (known == null || known.parked() != parked || known.at().plus(FRESH).isBefore(now)) {
            Map<FailureClass, Long> counts = new EnumMap<>(FailureClass.class);
            of(store).groups().forEach(group -> counts.merge(group.kind(), group.customers(), Long::sum));
            known = new Counted(counts, parked, now);
            counted.put(store, known);
        }
        return known.counts();
    }

    /**
     * The largest group first.
     *
     * @param store {@code null} for all
     * @throws IllegalArgumentException if there is no such store
     */
    public Refused of(@Nullable StoreKey store) {
        if (store != null) {
            stores.get(store);
        }
        Map<Alike, List<String>> found = new LinkedHashMap<>();
        CustomerKey after = null;
        int looked = 0;
        boolean more = true;
        while (more && looked < MAX_ROWS) {
            List<LedgerRow> page =
                    outbox.list(LedgerQuery.parked().withStore(store).after(after));
            for (LedgerRow row : page) {
                found.computeIfAbsent(new Alike(row.key().store(), row.refusal()), any -> new ArrayList<>())
                        .add(row.key().customerId());
                after = row.key();
            }
            looked += page.size();
            more = page.size() == LedgerQuery.MAX_LIMIT;
        }
        List<Group> groups = found.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::customers).reversed())
                .toList();
        return new Refused(groups, !more);
    }

    private static Group group(Alike alike, List<String> customers) {
        Failure failure = alike.failure();
        return new Group(
                alike.store().value(),
                failure.kind(),
                failure.status(),
                failure.reason(),
                failure.kind().fix(alike.store()),
                customers.size(),
                customers.stream().limit(MAX_EXAMPLES).toList());
    }
}
