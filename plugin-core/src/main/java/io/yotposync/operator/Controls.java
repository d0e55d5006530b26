package io.yotposync.operator;

import io.yotposync.operator.Audited.Result;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.readback.ReadBackReport;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Preview;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can do. Every call does I/O, is written into the audit log whether it succeeds or not, and throws
 * {@link IllegalArgumentException} for a store that is not configured, {@link UnsupportedOperationException} where this
 * host lacks what it takes. Thread-safe.
 */
public final class Controls {

    /** Enough for every customer there is, and an end where each is refused again at once. */
    private static final int MAX_ROUNDS = 2000;

    private final StoreSwitch stores;
    private final Outbox outbox;
    private final CatchUp catchUp;
    private final Resend resend;
    private final Audited audited;
    private final Clock clock;

    public Controls(StoreSwitch stores, Outbox outbox, CatchUp catchUp, AuditLog audit, Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.catchUp = catchUp;
        this.resend = new Resend(stores, outbox, catchUp, clock);
        this.audited = new Audited(audit, clock);
        this.clock = clock;
    }

    public Done enable(StoreKey store, By by) {
        return toStore("enable", store, by, () -> {
            boolean hostSaysNo = Boolean.FALSE.equals(stores.enable(store).enabledByHost());
            return Result.of(
                    hostSaysNo
                            ? "Store " + store + " stays off: " + Switches.HOST
                                    + " says so (on Broadleaf: the system property " + Switches.property(store) + ")."
                            : "Store " + store
                                    + " takes customers again; where it can read them, the catch-up finds those it missed.");
        });
    }

    public Done disable(StoreKey store, By by) {
        return toStore("disable", store, by, () -> {
            stores.disable(store);
            return Result.of("Store " + store + " takes no customers; their saves are counted and dropped.");
        });
    }

    public Done pause(StoreKey store, By by) {
        return toStore("pause", store, by, () -> {
            stores.pause(store, by.reason());
            return Result.of("Store " + store + " is paused; customers are accepted and wait.");
        });
    }

    public Done resume(StoreKey store, By by) {
        return toStore("resume", store, by, () -> {
            stores.resume(store);
            return Result.of("Store " + store + " is resumed; what waits is sent" + whenItSends(store) + ".");
        });
    }

    /**
     * Makes refused customers due at once.
     *
     * @param store {@code null} for all that are configured
     * @param failure {@code null} for all
     * @param customerId {@code null} for all
     */
    public Done retry(@Nullable StoreKey store, @Nullable FailureClass failure, @Nullable String customerId, By by) {
        return audited.doing("retry", store, customerId, by, () -> {
            String when = store == null ? "" : whenItSends(store); // throws for one that is not configured
            LedgerQuery query = LedgerQuery.parked().withFailure(failure).withCustomer(customerId);
            Map<StoreKey, LedgerCounts> counts = outbox.counts();
            int count = stores.stores().all().stream()
                    .map(StoreSettings::key)
                    .filter(each -> store == null || each.equals(store))
                    .mapToInt(each -> requeue(query.withStore(each), parked(counts.get(each))))
                    .sum();
            String of = failure == null ? "" : ", of those refused as " + failure;
            String who = count == 1 ? "1 customer is" : count + " customers are";
            return new Result(who + " tried again" + when + of + ".", Map.of("customers", count));
        });
    }

    private String whenItSends(StoreKey store) {
        return Switches.whenItSends(
                stores.state(store), stores.isEnabled(stores.stores().get(store)));
    }

    private static long parked(@Nullable LedgerCounts counts) {
        return counts == null ? 0 : counts.parked();
    }

    /** @param parked no more than there are of the store, which may be refused again meanwhile */
    private int requeue(LedgerQuery query, long parked) {
        LedgerQuery from = query;
        int all = 0;
        boolean more = true;
        for (int rounds = 0; rounds < MAX_ROUNDS && more && all < parked; rounds++) {
            List<LedgerRow> page = outbox.list(from);
            all += outbox.requeue(from, clock.instant());
            more = page.size() == LedgerQuery.MAX_LIMIT;
            if (more) {
                // From the start, a database would read all who were tried again before, round after round. Half a page
                // back, for whoever was refused between the look and the round took another's place in it.
                from = query.after(page.get(page.size() / 2).key());
            }
        }
        return all;
    }

    /** Sends one customer once more, whatever its row says. */
    public Done resend(CustomerKey customer, By by) {
        return toCustomer("resend", customer, by, () -> resend.of(customer));
    }

    /** Nothing is done about one that stopped to ask, and the answer says so. */
    public Done startBackfill(StoreKey store, By by) {
        return toStore("start-backfill", store, by, () -> {
            Scans.Progress backfill = catchUp.start(store);
            String what = backfill.state() == ScanStatus.ASKING
                    ? "The backfill of store " + store + " asks; nothing was done. Let it proceed, or start-over."
                    : "A backfill of store " + store + " runs" + whenItScans(store) + ".";
            return new Result(what, Map.of("backfill", backfill));
        });
    }

    private String whenItScans(StoreKey store) {
        return stores.isEnabled(stores.stores().get(store)) ? "" : " when the store is switched on";
    }

    public Done stopBackfill(StoreKey store, By by) {
        return toStore("stop-backfill", store, by, () -> {
            Scans.Progress backfill = catchUp.stop(store);
            String what = backfill.equals(Scans.Progress.NONE)
                    ? "There was no backfill of store " + store + "."
                    : "The backfill of store " + store + " has ended.";
            return new Result(what, Map.of("backfill", backfill));
        });
    }

    /**
     * Lets a scan go on that stopped to ask, or was stopped; nothing is done about another, and the answer says so.
     *
     * @param job which, as its question names it
     */
    public Done proceed(StoreKey store, String job, By by) {
        return toStore("proceed", store, by, () -> {
            CatchUp.Answer answer = catchUp.proceed(store, job);
            boolean asked = answer.scan().counts().containsKey(Tally.CONFIRMED.name());
            String answered = asked ? "; what it asked is answered until it is done." : ".";
            return told(store, job, answer, "goes on" + whenItScans(store) + answered, "");
        });
    }

    /**
     * Begins a scan anew that stopped to ask, after what it asked about was corrected, or at once one that is done and
     * comes round by itself; nothing is done about another, and the answer says so.
     *
     * @param job {@code backfill}, {@code changes} or {@code sweep}
     */
    public Done startOver(StoreKey store, String job, By by) {
        String asks = "; it asks if it would change too much.";
        String instead = job.equals("backfill") ? " start-backfill begins one that is done." : "";
        return toStore("start-over", store, by, () -> {
            CatchUp.Answer answer = catchUp.startOver(store, job);
            return told(store, job, answer, "begins anew" + whenItScans(store) + asks, instead);
        });
    }

    /**
     * @param does what the scan does that heeded the operator
     * @param instead what the operator can do about one that did not
     */
    private static Result told(StoreKey store, String job, CatchUp.Answer answer, String does, String instead) {
        String what = answer.heeded()
                ? does
                : "does not ask, it is " + answer.scan().state() + "; nothing was done." + instead;
        return new Result("The " + job + " of store " + store + " " + what, Map.of("scan", answer.scan()));
    }

    public Done dryRun(StoreKey store, By by) {
        return toStore("dry-run", store, by, () -> {
            Map<String, Object> counted = catchUp.dryRun(store);
            String when = whenItScans(store);
            return new Result("Nothing was sent" + (when.isEmpty() ? "" : "; it counts" + when) + ".", counted);
        });
    }

    public Done readBack(CustomerKey customer, By by) {
        return toCustomer("read-back", customer, by, () -> {
            StoreState state = stores.state(customer.store());
            Checked found = catchUp.readBack(customer);
            return new Result(
                    readBack(found.result(), state),
                    Map.of("result", found.result(), "fields", List.copyOf(found.fields())));
        });
    }

    private static String readBack(ReadBackReport.Result result, StoreState state) {
        return switch (result) {
            case TOO_EARLY ->
                "Yotpo was not asked: what it acknowledged last is too fresh to be seen, or a newer state waits or was"
                        + " refused.";
            case NOT_COMPARABLE ->
                "There is nothing to compare with: Yotpo acknowledged nothing of it, or not in a way it can be asked for.";
            case NO_ANSWER -> "Yotpo did not answer, or showed others than the one that it was asked for.";
            case NOT_ASKED ->
                "Yotpo was not asked: the store "
                        + (state.paused()
                                ? "is paused."
                                : state.held() != null ? "is held." : "waits as Yotpo wished.");
            case EQUAL -> "Yotpo was asked, and has what it acknowledged.";
            case MISSING -> "Yotpo was asked, and does not have it: send it once more.";
            case DRIFTED -> "Yotpo was asked, and what it has differs: send it once more.";
        };
    }

    /**
     * Forgets, in all stores, a customer whom the shop has erased: while the shop has it, it is sent again.
     *
     * @param erasure {@code null} where the host left it out
     */
    public Done erase(String customerId, @Nullable Erasure erasure, By by) {
        return audited.doing("erase", null, customerId, by, () -> {
            if (erasure == null) {
                throw new UnsupportedOperationException("this host has nothing that erases customers");
            }
            List<Erasure.Receipt> receipts = erasure.erase(customerId);
            return new Result(erased(receipts), Map.of("receipts", receipts));
        });
    }

    private static String erased(List<Erasure.Receipt> receipts) {
        if (receipts.isEmpty()) {
            return "No store knows this customer.";
        }
        String each = receipts.stream()
                .map(receipt -> receipt.store() + " " + receipt.done())
                .collect(Collectors.joining(", "));
        boolean left = receipts.stream().anyMatch(receipt -> !receipt.left().isEmpty());
        return "By store: " + each + (left ? "; the receipts say what is left to ask of Yotpo." : ".");
    }

    /**
     * Shows a customer's payload in the clear. Unlike all else it is written down first, and not done if that fails.
     *
     * @param mayNot why the operator must not see it; {@code null} if the operator may
     * @throws RevealRefusedException if the operator must not
     */
    public Preview.Previewed reveal(CustomerKey customer, @Nullable String mayNot, By by) {
        if (mayNot != null) {
            audited.beforehand("reveal", customer, by, "refused");
            throw new RevealRefusedException(mayNot);
        }
        return audited.beforehand("reveal", customer, by, "shown in the clear", () -> catchUp.preview(customer, false));
    }

    /** What is not configured is refused, and written down as well. */
    private Done toStore(String action, StoreKey store, By by, Supplier<Result> act) {
        return audited.doing(action, store, null, by, () -> inStore(store, act));
    }

    private Done toCustomer(String action, CustomerKey customer, By by, Supplier<Result> act) {
        return audited.doing(action, customer.store(), customer.customerId(), by, () -> inStore(customer.store(), act));
    }

    private Result inStore(StoreKey store, Supplier<Result> act) {
        stores.stores().get(store); // throws for one that is not configured
        return act.get();
    }
}
