package io.yotposync.operator;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Preview;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
    private final Audited audited;
    private final Clock clock;

    public Controls(StoreSwitch stores, Outbox outbox, CatchUp catchUp, AuditLog audit, Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.catchUp = catchUp;
        this.audited = new Audited(audit, clock);
        this.clock = clock;
    }

    public Done enable(StoreKey store, By by) {
        return audited.doing("enable", store, null, by, () -> {
            boolean hostSaysNo = Boolean.FALSE.equals(stores.enable(store).enabledByHost());
            return done(
                    "enable",
                    hostSaysNo
                            ? "Store " + store + " stays off: " + Switches.HOST + " says so, by the system property "
                                    + Switches.property(store) + "."
                            : "Store " + store
                                    + " takes customers again; where it can read them, the catch-up finds those it missed.");
        });
    }

    public Done disable(StoreKey store, By by) {
        return audited.doing("disable", store, null, by, () -> {
            stores.disable(store);
            return done("disable", "Store " + store + " takes no customers; their saves are counted and dropped.");
        });
    }

    public Done pause(StoreKey store, By by) {
        return audited.doing("pause", store, null, by, () -> {
            stores.pause(store, by.reason());
            return done("pause", "Store " + store + " is paused; customers are accepted and wait.");
        });
    }

    public Done resume(StoreKey store, By by) {
        return audited.doing("resume", store, null, by, () -> {
            stores.resume(store);
            return done("resume", "Store " + store + " sends again.");
        });
    }

    /**
     * Makes refused customers due at once.
     *
     * @param store {@code null} for all
     * @param failure {@code null} for all
     * @param customerId {@code null} for all
     */
    public Done retry(@Nullable StoreKey store, @Nullable FailureClass failure, @Nullable String customerId, By by) {
        return audited.doing("retry", store, customerId, by, () -> {
            if (store != null) {
                stores.state(store); // throws for one that is not configured
            }
            LedgerQuery query =
                    LedgerQuery.parked().withStore(store).withFailure(failure).withCustomer(customerId);
            int count = requeue(query);
            return new Done("retry", count + " customers are tried again.", Map.of("customers", count));
        });
    }

    private int requeue(LedgerQuery query) {
        long parked = outbox.counts().values().stream()
                .mapToLong(counts -> counts.parked())
                .sum();
        int all = 0;
        int round = LedgerQuery.MAX_LIMIT;
        for (int rounds = 0; rounds < MAX_ROUNDS && round == LedgerQuery.MAX_LIMIT && all < parked; rounds++) {
            round = outbox.requeue(query, clock.instant());
            all += round;
        }
        return all;
    }

    /** Sends one customer once more, whatever its row says. */
    public Done resend(CustomerKey customer, By by) {
        return audited.doing("resend", customer.store(), customer.customerId(), by, () -> {
            StoreState store = stores.state(customer.store());
            // What was kept of it is what Yotpo refused.
            if (statusOf(customer) == LedgerStatus.PARKED && !readAgain(customer)) {
                return resent(store, false);
            }
            LedgerStatus status = statusOf(customer);
            LedgerQuery query = LedgerQuery.all()
                    .withStore(customer.store())
                    .withCustomer(customer.customerId())
                    .withStatus(status == null ? LedgerStatus.IN_SYNC : status);
            boolean sent = status != null && outbox.requeue(query, clock.instant()) > 0;
            return resent(store, sent || catchUp.resend(customer));
        });
    }

    private @Nullable LedgerStatus statusOf(CustomerKey customer) {
        return outbox.find(customer).map(LedgerRow::status).orElse(null);
    }

    /** Whether there is something to send: without a way to read the customer again, what was kept is all there is. */
    private boolean readAgain(CustomerKey customer) {
        try {
            return catchUp.resend(customer);
        } catch (UnsupportedOperationException noSource) {
            return true;
        }
    }

    private Done resent(StoreState store, boolean sent) {
        String message;
        if (!sent) {
            message = "The shop has no such customer for store " + store.store()
                    + ", or not one that can be sent; ask why by its id. What was kept of a refused one is sent by retry.";
        } else if (!stores.isEnabled(stores.stores().get(store.store()))) {
            message = "It is sent once more when store " + store.store() + " is switched on.";
        } else {
            message = store.paused()
                    ? "It is sent once more when store " + store.store() + " is resumed."
                    : "It is sent once more.";
        }
        return new Done("resend", message, Map.of("customers", sent ? 1 : 0));
    }

    public Done startBackfill(StoreKey store, By by) {
        return audited.doing("start-backfill", store, null, by, () -> {
            stores.state(store);
            return new Done(
                    "start-backfill",
                    "A backfill of store " + store + " runs.",
                    Map.of("backfill", catchUp.start(store)));
        });
    }

    public Done stopBackfill(StoreKey store, By by) {
        return audited.doing("stop-backfill", store, null, by, () -> {
            stores.state(store);
            return new Done(
                    "stop-backfill",
                    "The backfill of store " + store + " has ended.",
                    Map.of("backfill", catchUp.stop(store)));
        });
    }

    /**
     * Lets a scan go on that stopped to ask; nothing is done about another, and the answer says so.
     *
     * @param job which, as its question names it
     */
    public Done proceed(StoreKey store, String job, By by) {
        return audited.doing("proceed", store, null, by, () -> {
            stores.state(store);
            CatchUp.Answer answer = catchUp.proceed(store, job);
            String scan = "The " + job + " of store " + store;
            return told(
                    "proceed",
                    answer,
                    answer.heeded()
                            ? scan + " goes on; what it asked is answered until it is done."
                            : scan + " does not ask, it is " + answer.scan().state() + "; nothing was done.");
        });
    }

    /**
     * Begins a scan anew that stopped to ask, after what it asked about was corrected, or at once one that is done and
     * comes round by itself; nothing is done about another, and the answer says so.
     *
     * @param job {@code backfill}, {@code changes} or {@code sweep}
     */
    public Done startOver(StoreKey store, String job, By by) {
        return audited.doing("start-over", store, null, by, () -> {
            stores.state(store);
            CatchUp.Answer answer = catchUp.startOver(store, job);
            String scan = "The " + job + " of store " + store;
            return told(
                    "start-over",
                    answer,
                    answer.heeded()
                            ? scan + " begins anew; it asks if it would change too much."
                            : scan + " does not ask, it is " + answer.scan().state() + "; nothing was done."
                                    + (job.equals("backfill") ? " start-backfill begins one that is done." : ""));
        });
    }

    private static Done told(String action, CatchUp.Answer answer, String message) {
        return new Done(action, message, Map.of("scan", answer.scan()));
    }

    public Done dryRun(StoreKey store, By by) {
        return audited.doing("dry-run", store, null, by, () -> {
            stores.state(store);
            return new Done("dry-run", "Nothing was sent.", catchUp.dryRun(store));
        });
    }

    public Done readBack(CustomerKey customer, By by) {
        return audited.doing("read-back", customer.store(), customer.customerId(), by, () -> {
            StoreState state = stores.state(customer.store());
            Map<String, Object> found = catchUp.readBack(customer);
            return new Done("read-back", readBack(String.valueOf(found.get("result")), state), found);
        });
    }

    private static String readBack(String result, StoreState state) {
        return switch (result) {
            case "TOO_EARLY" ->
                "Yotpo was not asked: what it acknowledged last is too fresh to be seen, or a newer state waits.";
            case "NOT_COMPARABLE" ->
                "There is nothing to compare with: Yotpo acknowledged nothing of it, or not in a way it can be asked for.";
            case "NO_ANSWER" -> "Yotpo did not answer.";
            case "NOT_ASKED" ->
                "Yotpo was not asked: the store "
                        + (state.paused()
                                ? "is paused."
                                : state.held() != null ? "is held." : "waits as Yotpo wished.");
            default -> "Yotpo was asked.";
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
            return new Done("erase", erased(receipts), Map.of("receipts", receipts));
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
        stores.state(customer.store());
        audited.beforehand("reveal", customer, by, mayNot == null ? "shown in the clear" : "refused");
        if (mayNot != null) {
            throw new RevealRefusedException(mayNot);
        }
        return catchUp.preview(customer, false);
    }

    private static Done done(String action, String message) {
        return new Done(action, message, Map.of());
    }
}
