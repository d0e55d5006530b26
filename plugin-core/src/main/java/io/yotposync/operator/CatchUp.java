package io.yotposync.operator;

import io.yotposync.readback.ReadBack;
import io.yotposync.readback.ReadBackReport;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Resending;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the shop's customers, or asks Yotpo back, on an operator's wish. Thread-safe; every method but
 * {@link #lastKnown} may do I/O, none waits for a whole pass. What it answers carries no personal data, but a preview that
 * is not masked.
 *
 * <p>Throws what the scans' storage throws, {@link IllegalArgumentException} for what is not known, and
 * {@link UnsupportedOperationException} where this host lacks what it takes.
 */
public final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final Duration FRESH = Duration.ofSeconds(2);

    /**
     * What came of an operator's word to a pass.
     *
     * @param heeded whether it was one that waited for such a word; {@code false} if nothing was done
     * @param scan as it stands after it
     */
    public record Answer(boolean heeded, Scans.Progress scan) {}

    /**
     * What it works with.
     *
     * @param readBack {@code null} where the host has a client of its own
     * @param threads for what nobody waits for
     */
    public record Tools(
            Stores stores,
            Backfills backfills,
            Resending resending,
            Preview preview,
            @Nullable ReadBack readBack,
            Clock clock,
            Executor threads) {}

    private final @Nullable Tools tools;
    private final Map<StoreKey, Scans> known = new ConcurrentHashMap<>();

    private CatchUp(@Nullable Tools tools) {
        this.tools = tools;
    }

    public static CatchUp of(Tools tools) {
        return new CatchUp(tools);
    }

    /** For a host whose customers the plugin cannot read: what would have to says so by an exception. */
    public static CatchUp absent() {
        return new CatchUp(null);
    }

    private Tools tools() {
        if (tools == null) {
            throw new UnsupportedOperationException(
                    "this host has no customer source, so the plugin cannot read its customers");
        }
        return tools;
    }

    /** Starts a pass over all customers, or answers the one that runs. */
    public Scans.Progress start(StoreKey store) {
        return remember(store, tools().backfills().start(store));
    }

    /** Ends a pass; what it handed over stays. */
    public Scans.Progress stop(StoreKey store) {
        ScanState state = tools().backfills().stop(store).orElse(null);
        return state == null ? Scans.Progress.NONE : remember(store, state);
    }

    /**
     * Lets a pass go on that asks, or was stopped; of no effect on another.
     *
     * @param job as its {@link Scans.Question} names it
     */
    public Answer proceed(StoreKey store, String job) {
        Backfills backfills = tools().backfills();
        return answered(backfills, scan(store, job), backfills::proceed);
    }

    /**
     * Begins a pass anew that asks, or was stopped, and at once one that is done and comes round by itself; of no effect
     * on another. It asks again if it still would change too much.
     *
     * @param job {@code backfill}, {@code changes} or {@code sweep}
     */
    public Answer startOver(StoreKey store, String job) {
        Backfills backfills = tools().backfills();
        return answered(backfills, scan(store, job), backfills::startOver);
    }

    private static ScanJob scan(StoreKey store, String job) {
        return Scans.ASKING.stream()
                .map(each -> each.apply(store))
                .filter(each -> each.name().equals(job))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("say which scan: backfill, changes or sweep"));
    }

    private Answer answered(Backfills backfills, ScanJob scan, Function<ScanJob, Optional<ScanState>> word) {
        ScanStatus before = backfills.status(scan).map(ScanState::status).orElse(ScanStatus.RUNNING);
        ScanState after = word.apply(scan).orElseThrow(() -> new IllegalArgumentException("there is no " + scan));
        boolean heeded = before != ScanStatus.RUNNING && after.status() != before;
        return new Answer(heeded, remember(scan.store(), after));
    }

    /** As it was looked up last, and looked up anew behind the caller, who may be a scrape. Never blocks. */
    public Scans lastKnown(StoreKey store) {
        Scans last = known.getOrDefault(store, Scans.NONE);
        if (tools == null) {
            return last;
        }
        Instant now = tools.clock().instant();
        if (last.at().plus(FRESH).isBefore(now) || last.at().isAfter(now)) { // the clock was put back
            known.put(store, last.at(now));
            try {
                tools.threads().execute(() -> lookAndForgive(store));
            } catch (RejectedExecutionException stopping) {
                return last;
            }
        }
        return last;
    }

    /** As it stands now. */
    public Scans look(StoreKey store) {
        if (tools == null) {
            return Scans.NONE;
        }
        Scans now = Scans.of(store, tools.backfills(), tools.clock().instant());
        known.put(store, now);
        return now;
    }

    /** Beside what was asked for: a storage that fails takes nothing of that back. */
    private void lookAndForgive(StoreKey store) {
        try {
            look(store);
        } catch (RuntimeException storageFails) {
            LOG.debug(
                    "Yotpo sync: what was last known of the scans stands: {}",
                    storageFails.getClass().getName());
        }
    }

    private Scans.Progress remember(StoreKey store, ScanState state) {
        lookAndForgive(store);
        return Scans.Progress.of(state);
    }

    /**
     * Counts what a pass would do, and does nothing: begins one, and answers the counts of the last one, or answers where
     * the one that runs has come to.
     */
    public Map<String, Object> dryRun(StoreKey store) {
        Backfills backfills = tools().backfills();
        ScanState last = backfills.status(ScanJob.dryRun(store)).orElse(null);
        if (last == null || last.status() == ScanStatus.DONE) {
            ScanState begun = backfills.dryRun(store);
            lookAndForgive(store);
            return Map.of(
                    "state",
                    begun.status(),
                    "last",
                    last == null ? "none" : last.counts().text());
        }
        return Map.of("state", last.status(), "counted", last.counts().text());
    }

    /**
     * Shows what a save of a customer would send.
     *
     * @param masked whether only what says nothing about a person is to be readable
     */
    public Preview.Previewed preview(CustomerKey customer, boolean masked) {
        return tools().preview().of(customer, masked);
    }

    /** Compares what Yotpo shows of a customer with what it acknowledged; names of fields only. Waits for Yotpo. */
    public ReadBackReport.Checked readBack(CustomerKey customer) {
        Tools with = tools();
        if (with.readBack() == null) {
            throw new UnsupportedOperationException("this host sends by a client of its own, which cannot ask back");
        }
        return with.readBack()
                .check(with.stores().get(customer.store()), List.of(customer.customerId()), false)
                .customers()
                .get(0);
    }

    /**
     * Sends a customer once more though Yotpo has acknowledged the same; {@code false} if there is none that this store
     * could be sent.
     */
    public boolean resend(CustomerKey customer) {
        Tools with = tools();
        return !with.resending()
                .again(with.stores().get(customer.store()), List.of(customer.customerId()))
                .isEmpty();
    }

    /** Why a customer cannot be read now; {@code null} if it can, or is not there. */
    public @Nullable String unreadable(CustomerKey customer) {
        return tools().resending().unreadable(customer.customerId());
    }
}
