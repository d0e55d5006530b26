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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scans of the shop's customers, and questions to Yotpo, on an operator's wish. Thread-safe; every method but
 * {@link #lastKnown} may do I/O, none waits for a whole scan. What it answers carries no personal data, but a preview that
 * is not masked. What changes something is for {@link Controls}, which writes down who wished it.
 *
 * <p>Throws what the scans' storage throws, {@link IllegalArgumentException} for what is not known, and
 * {@link UnsupportedOperationException} where this host lacks what it takes.
 */
public final class CatchUp {

    /**
     * What came of an operator's word to a scan.
     *
     * @param heeded whether the word changed anything
     * @param scan as it stands afterwards
     */
    record Answer(boolean heeded, Scans.Progress scan) {}

    /**
     * What it works with.
     *
     * @param readBack {@code null} where the host has a client of its own
     * @param threads for looking up what {@link #lastKnown} answers next
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
    private final LatestScans scans;

    private CatchUp(@Nullable Tools tools, LatestScans scans) {
        this.tools = tools;
        this.scans = scans;
    }

    public static CatchUp of(Tools tools) {
        Clock clock = tools.clock();
        Function<StoreKey, Scans> storage = store -> Scans.of(store, tools.backfills(), clock.instant());
        return new CatchUp(tools, new LatestScans(storage, clock, tools.threads()));
    }

    /** For a host whose customers the plugin cannot read: there are no scans, and all else throws. */
    public static CatchUp absent() {
        return new CatchUp(null, new LatestScans(store -> Scans.NONE, Clock.systemUTC(), refresh -> {}));
    }

    private Tools tools() {
        if (tools == null) {
            throw new UnsupportedOperationException(
                    "this host has no customer source, so the plugin cannot read its customers");
        }
        return tools;
    }

    /** Starts a backfill, or answers the one that runs. */
    Scans.Progress start(StoreKey store) {
        return remember(store, tools().backfills().start(store));
    }

    /** Ends the backfill; what it handed over stays. */
    Scans.Progress stop(StoreKey store) {
        ScanState state = tools().backfills().stop(store).orElse(null);
        return state == null ? Scans.Progress.NONE : remember(store, state);
    }

    /**
     * Lets a scan go on that asks, or was stopped; of no effect on another.
     *
     * @param job as its {@link Scans.Question} names it
     */
    Answer proceed(StoreKey store, String job) {
        Backfills backfills = tools().backfills();
        return answered(backfills, scan(store, job), backfills::proceed);
    }

    /**
     * Begins a scan anew that asks, or was stopped, and at once one that is done and comes round by itself; of no effect
     * on another. It asks again if it still would change too much.
     *
     * @param job {@code backfill}, {@code changes} or {@code sweep}
     */
    Answer startOver(StoreKey store, String job) {
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

    /** How the scans stood when they were looked up last; has them looked up anew for the next caller. Never blocks. */
    public Scans lastKnown(StoreKey store) {
        return scans.lastKnown(store);
    }

    /** How the scans stand now. */
    Scans look(StoreKey store) {
        return scans.look(store);
    }

    private Scans.Progress remember(StoreKey store, ScanState state) {
        scans.refresh(store);
        return Scans.Progress.of(state);
    }

    /**
     * Begins to count what a backfill would do, and answers the counts of the last time; while one counts, answers how far
     * it has come.
     */
    Map<String, Object> dryRun(StoreKey store) {
        Backfills backfills = tools().backfills();
        ScanState last = backfills.status(ScanJob.dryRun(store)).orElse(null);
        if (last == null || last.status() == ScanStatus.DONE) {
            ScanState begun = backfills.dryRun(store);
            scans.refresh(store);
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
     * @param masked whether personal data is hidden
     */
    public Preview.Previewed preview(CustomerKey customer, boolean masked) {
        return tools().preview().of(customer, masked);
    }

    /** Compares what Yotpo shows of a customer with what it acknowledged; names of fields only. Waits for Yotpo. */
    ReadBackReport.Checked readBack(CustomerKey customer) {
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
    boolean resend(CustomerKey customer) {
        Tools with = tools();
        return !with.resending()
                .again(with.stores().get(customer.store()), List.of(customer.customerId()))
                .isEmpty();
    }

    /** Why a customer cannot be read now; {@code null} if it can, or is not there. */
    @Nullable
    String unreadable(CustomerKey customer) {
        return tools().resending().unreadable(customer.customerId());
    }
}
