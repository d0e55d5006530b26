package io.yotposync.operator;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Verdict;
import io.yotposync.operator.LastHeard.Fate;
import io.yotposync.operator.LastHeard.Heard;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What decides, in a sentence or two. */
record Finding(Verdict verdict, String because, @Nullable Instant nextTry) {

    /** Another node may have the lane, and a breaker of its own that is not known here. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** In the order of the customer's way: the first thing that stops it is what decides. */
    static Finding of(Facts facts) {
        StoreKey store = facts.customer().store();
        if (!facts.enabled()) {
            return off(facts, store);
        }
        Heard heard = facts.heard();
        if (heard != null && heard.reason() != null && facts.lastSaveWas(Fate.SKIPPED)) {
            return notSent("The save at " + Texts.time(heard.at()) + " was not taken: "
                    + SkipTexts.of(heard.reason(), store) + ".");
        }
        LedgerRow row = facts.row();
        if (row == null) {
            return withoutRow(facts, store);
        }
        return switch (row.status()) {
            case IN_SYNC -> inSync(facts, row);
            case PARKED -> refused(facts, row);
            case PENDING -> pending(facts, row, store);
        };
    }

    private static Finding notSent(String because) {
        return new Finding(Verdict.NOT_SENT, because, null);
    }

    private static Finding off(Facts facts, StoreKey store) {
        String property = Switches.property(store);
        String by = Switches.enabledBy(facts.state());
        if (by.equals(Switches.HOST)) {
            by += " (on Broadleaf: the system property " + property + ")";
        } else if (by.equals(property)) {
            by += "=false";
        } else {
            by = Switches.inWords(by) + " (" + property + " is " + facts.store().enabled() + ")";
        }
        return notSent("Store " + store + " is switched off by " + by + ", so its customers are not sent."
                + kept(facts.row()));
    }

    private static String kept(@Nullable LedgerRow row) {
        return row == null || row.acknowledgedAt() == null
                ? ""
                : " Yotpo keeps the state that it acknowledged at " + Texts.time(row.acknowledgedAt()) + ".";
    }

    private static Finding withoutRow(Facts facts, StoreKey store) {
        SkipReason skipped = facts.skippedToday();
        if (skipped != null && skipped != SkipReason.FAILED) {
            return notSent("It would not be sent: " + SkipTexts.of(skipped, store) + ".");
        }
        if (facts.erasedAt() != null) {
            return notSent("An operator had it erased at " + Texts.time(facts.erasedAt()) + "; "
                    + (facts.today() == null
                            ? "it is sent again only if the shop still has it and saves it."
                            : "the shop still has it, so its next save or a scan sends it again: erase it there."));
        }
        if (facts.isGone() && facts.elsewhere() == null) {
            return notSent(
                    "Neither the shop nor the ledger has a customer with this id: it was deleted or erased, or the"
                            + " id is another thing's, such as an order's.");
        }
        Heard heard = facts.heard();
        return heard != null && heard.fate() == Fate.DROPPED ? dropped(heard, "") : notWritten(facts, store);
    }

    private static Finding dropped(Heard heard, String kept) {
        return notSent("The save at " + Texts.time(heard.at()) + " was left to the catch-up: the outbox had no"
                + " room (yotpo.sync.outbox.max-waiting, max-rows), or nobody knows how its transaction ended." + kept);
    }

    private static Finding notWritten(Facts facts, StoreKey store) {
        String taken = "store " + store + " (site '" + facts.store().site() + "')";
        Facts.Elsewhere elsewhere = facts.elsewhere();
        if (elsewhere != null) {
            return notSent("Its last save, at " + Texts.time(elsewhere.at()) + ", was for store " + elsewhere.store()
                    + " and not for " + taken + ".");
        }
        Heard heard = facts.heard();
        if (heard != null && heard.fate() != Fate.SKIPPED) {
            return unknown("The save at " + Texts.time(heard.at())
                    + " was taken, but the ledger has no row of it: it waits in this node's memory until the database"
                    + " takes it, and the log says what is in the way; or an outbox in memory had to forget it since"
                    + " (yotpo.sync.outbox.max-rows).");
        }
        return unknown("No save of this customer was heard of for " + taken + "; " + instead(facts, store));
    }

    private static String instead(Facts facts, StoreKey store) {
        if (facts.today() instanceof Prepared.Ready) {
            return "the shop has it, so send it once more, or run a backfill for all.";
        }
        SkipReason skipped = facts.skippedToday();
        return skipped == null
                ? "unless it was erased, save it again, or run a backfill, for which the host needs a CustomerSource."
                : "now " + SkipTexts.of(skipped, store) + ".";
    }

    private static Finding unknown(String because) {
        return new Finding(Verdict.UNKNOWN, because, null);
    }

    private static Finding inSync(Facts facts, LedgerRow row) {
        if (row.note() != null && !row.desired().equals(row.acknowledged())) {
            return notSent("Its latest state is " + row.note() + ", and Yotpo takes the two for one.");
        }
        if (facts.hasLeft()) {
            return left(facts, row);
        }
        SkipReason skipped = facts.skippedToday();
        if (skipped != null) {
            return notSent("It would not be sent now: "
                    + SkipTexts.of(skipped, facts.customer().store()) + "." + kept(row));
        }
        Heard heard = facts.heard();
        if (heard != null && facts.lastSaveWas(Fate.DROPPED)) {
            return dropped(heard, kept(row));
        }
        if (heard != null && facts.lastSaveIsUnwritten()) {
            return unknown("The save at " + Texts.time(heard.at())
                    + " was taken, but the ledger's row is older: it told nothing newer than the row has; or it waits in"
                    + " this node's memory until the database takes it, and the log says what is in the way."
                    + kept(row));
        }
        if (facts.hasChangedSince()) {
            return waiting(
                    "Yotpo acknowledged a state" + acknowledged(row)
                            + " The shop's customer, or the store's mapping, has changed since"
                            + " without an event; the next scan" + byOthers(facts) + " finds it, unless one has stopped"
                            + " and asks, or send it once more.",
                    null);
        }
        String without = facts.isEmailLeftOut()
                ? " Its e-mail address was left out: it is malformed, or a customizer removed it."
                : "";
        String heldBack = facts.isConsentHeldBack()
                ? " Its marketing consent was held back (yotpo.sync.backfill.consent): its next save tells it."
                : "";
        return new Finding(
                Verdict.IN_YOTPO, "Yotpo acknowledged the latest state" + acknowledged(row) + without + heldBack, null);
    }

    private static Finding left(Facts facts, LedgerRow row) {
        String why = facts.isGone()
                ? " The shop no longer has this customer"
                : " Nothing personal is left of it in the shop";
        if (facts.hasChangedSince()) {
            return waiting(
                    "Yotpo acknowledged a state" + acknowledged(row) + why + ", so the next sweep" + byOthers(facts)
                            + " has it disabled at Yotpo"
                            + (facts.isGone() ? ", once nothing was heard of it for yotpo.sync.deletes.grace." : "."),
                    null);
        }
        return new Finding(
                Verdict.IN_YOTPO,
                facts.today() == null
                        ? "Yotpo acknowledged a state" + acknowledged(row) + why + ", which Yotpo is not told:"
                                + " yotpo.sync.deletes.tell says so, or it is known there by another than the shop's id."
                        : "Yotpo acknowledged that it is disabled" + acknowledged(row) + why + ".",
                null);
    }

    private static String byOthers(Facts facts) {
        return facts.scans() ? "" : " of another node (yotpo.sync.scan.enabled is false on this one)";
    }

    private static String acknowledged(LedgerRow row) {
        String at = row.acknowledgedAt() == null ? "" : " at " + Texts.time(row.acknowledgedAt());
        String note = row.note() == null ? "" : ", " + row.note();
        return at + note + ".";
    }

    private static Finding refused(Facts facts, LedgerRow row) {
        Failure failure = row.refusal();
        return new Finding(
                Verdict.REFUSED,
                (failure.status() == 0 ? "It was not sent (" : "Yotpo refused it (") + answer(failure) + "). "
                        + (facts.isGone()
                                ? "The shop no longer has this customer: leave it to the sweep" + byOthers(facts) + "."
                                : failure.kind().fix(row.key().store())),
                null);
    }

    static String answer(Failure failure) {
        String status = failure.status() == 0 ? "" : " " + failure.status();
        return failure.kind() + status + ": " + failure.reason();
    }

    private static Finding pending(Facts facts, LedgerRow row, StoreKey store) {
        StoreState state = facts.state();
        if (state.paused()) {
            return waiting("Store " + store + " is paused by an operator ('" + state.pauseReason() + "').", null);
        }
        Instant next = latest(row.nextAttemptAt(), state.waitsUntil(facts.now()));
        if (facts.isHeld()) {
            String fix = Failure.REDIRECTED.equals(state.held()) ? "" : " " + FailureClass.CREDENTIALS.fix(store);
            return waiting("Store " + store + " is held: " + state.held() + "." + fix, latest(next, state.heldUntil()));
        }
        Instant leased = row.leasedUntil();
        if (leased != null && leased.isAfter(facts.now())) {
            return new Finding(
                    Verdict.ON_ITS_WAY,
                    "It is being sent at this moment; if the node that does so has died, another does after "
                            + Texts.time(leased) + ".",
                    facts.now());
        }
        if (facts.isOpen()) {
            Failure last = isOfTheStore(row.failure()) ? row.failure() : null;
            return waiting(
                    "Store " + store + " does not answer, or with outages only"
                            + (last == null ? "" : ", last with " + answer(last)) + "; it is left alone for a while."
                            + (last == null ? "" : beyondWaiting(last, store)),
                    latest(next, facts.laneWaitsUntil()));
        }
        if (facts.isWaiting()) {
            return waiting(
                    "Yotpo asked store " + store + " to wait until " + Texts.time(state.waitUntil()) + ".", next);
        }
        return due(facts, row, next);
    }

    private static Finding due(Facts facts, LedgerRow row, Instant next) {
        Failure failure = row.failure();
        if (failure != null) {
            return waiting(
                    tried(row, failure) + "; it is tried again."
                            + beyondWaiting(failure, facts.customer().store()),
                    latest(next, facts.now()));
        }
        if (next.plus(SOON).isBefore(facts.now())) {
            return waiting(
                    "It has been due since " + Texts.time(next)
                            + ": others go before it, or the node that sends to store "
                            + facts.customer().store() + " makes no progress; its log says why.",
                    facts.now());
        }
        return new Finding(Verdict.ON_ITS_WAY, "It is due and is sent in its turn.", latest(next, facts.now()));
    }

    private static String tried(LedgerRow row, Failure failure) {
        boolean waits = failure.kind() == FailureClass.CONFLICT && failure.status() == 0; // for another of its contact
        return waits ? "It was " + failure.reason() : "It was tried" + times(row) + ", last with " + answer(failure);
    }

    /** What Yotpo itself is the cause of passes by itself, and a customer who was refused has been corrected. */
    private static String beyondWaiting(Failure failure, StoreKey store) {
        return isOnTheWay(failure) ? " " + failure.kind().fix(store) : "";
    }

    private static boolean isOfTheStore(@Nullable Failure failure) {
        return failure != null && (failure.kind() == FailureClass.OUTAGE || isOnTheWay(failure));
    }

    private static boolean isOnTheWay(Failure failure) {
        return failure.kind() == FailureClass.NETWORK && !failure.equals(Failure.ABANDONED);
    }

    /** Outages and waits are no attempts. */
    private static String times(LedgerRow row) {
        return switch (row.attempts()) {
            case 0 -> "";
            case 1 -> " once";
            default -> " " + row.attempts() + " times";
        };
    }

    private static Finding waiting(String because, @Nullable Instant next) {
        return new Finding(Verdict.WAITING, because, next);
    }

    private static Instant latest(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
