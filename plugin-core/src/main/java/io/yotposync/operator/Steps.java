package io.yotposync.operator;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Step;
import io.yotposync.operator.LastHeard.Heard;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.StoreState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The customer's way, step by step. */
final class Steps {

    private final Facts facts;

    private Steps(Facts facts) {
        this.facts = facts;
    }

    static List<Step> of(Facts facts) {
        Steps steps = new Steps(facts);
        return List.of(
                steps.event(),
                steps.store(),
                steps.toggle(),
                steps.eligibility(),
                steps.identifier(),
                steps.fingerprint(),
                steps.row(),
                steps.answer());
    }

    private Step event() {
        Heard heard = facts.heard();
        if (heard == null) {
            return new Step("event", Mark.UNKNOWN, "no recent save was heard of on this node");
        }
        String fate = switch (heard.fate()) {
            case ACCEPTED -> "taken";
            case UNCHANGED -> "nothing had changed";
            case SKIPPED -> "not taken";
            case DROPPED -> "dropped, no room";
        };
        boolean lost = heard.fate() == LastHeard.Fate.SKIPPED || heard.fate() == LastHeard.Fate.DROPPED;
        return new Step("event", lost ? Mark.STOPPED : Mark.PASSED, "saved at " + Texts.time(heard.at()) + ": " + fate);
    }

    private Step store() {
        if (skipReason() == SkipReason.NO_STORE) {
            return new Step("store", Mark.STOPPED, "the customer's site is that of no store");
        }
        if (skipReason() == SkipReason.OTHER_STORE) {
            return new Step("store", Mark.STOPPED, "the customer's site is that of another store");
        }
        if (facts.elsewhere() != null) {
            return new Step(
                    "store",
                    Mark.STOPPED,
                    "its last save was for store " + facts.elsewhere().store());
        }
        return new Step(
                "store",
                facts.row() == null && facts.heard() == null ? Mark.UNKNOWN : Mark.PASSED,
                "store " + facts.customer().store() + " takes site '"
                        + facts.store().site() + "'");
    }

    private Step toggle() {
        StoreState state = facts.state();
        String by = Switches.inWords(Switches.enabledBy(state));
        if (!facts.enabled()) {
            return new Step("toggle", Mark.STOPPED, "switched off by " + by);
        }
        if (state.paused()) {
            return new Step("toggle", Mark.STOPPED, "paused: " + state.pauseReason());
        }
        return state.held() == null
                ? new Step("toggle", Mark.PASSED, "switched on by " + by)
                : new Step("toggle", Mark.STOPPED, "held: " + state.held());
    }

    private Step eligibility() {
        SkipReason reason = skipReason();
        if (reason == SkipReason.ANONYMOUS || reason == SkipReason.NOT_ALLOWED || reason == SkipReason.FAILED) {
            return new Step(
                    "eligibility",
                    Mark.STOPPED,
                    SkipTexts.of(reason, facts.customer().store()));
        }
        return isPrepared()
                ? new Step("eligibility", Mark.PASSED, "a customer that can be sent")
                : new Step("eligibility", Mark.UNKNOWN, "not looked at");
    }

    private Step identifier() {
        SkipReason reason = skipReason();
        if (reason == SkipReason.NO_IDENTIFIER
                || reason == SkipReason.INVALID_CONTACT
                || reason == SkipReason.CUSTOMIZER_BROKE_IDENTIFIER) {
            return new Step(
                    "identifier",
                    Mark.STOPPED,
                    SkipTexts.of(reason, facts.customer().store()));
        }
        return isPrepared()
                ? new Step("identifier", Mark.PASSED, "there is something that Yotpo can know it by" + former())
                : new Step("identifier", Mark.UNKNOWN, "not looked at");
    }

    /** Of a guest: Yotpo has no call to remove those. */
    private String former() {
        LedgerRow row = facts.row();
        return row == null || row.formerContacts() == 0
                ? ""
                : "; it was known by another e-mail or phone before (times: " + row.formerContacts()
                        + "), and Yotpo keeps what it has of that";
    }

    private boolean isPrepared() {
        return facts.row() != null || facts.today() instanceof Prepared.Ready;
    }

    private Step fingerprint() {
        LedgerRow row = facts.row();
        if (row == null) {
            return new Step("fingerprint", Mark.UNKNOWN, "nothing is desired yet");
        }
        if (facts.hasChangedSince()) {
            return new Step(
                    "fingerprint",
                    Mark.STOPPED,
                    facts.hasLeft()
                            ? "it is to be disabled at Yotpo, for it left the shop"
                            : "the shop's customer, or the store's mapping, has changed since without an event");
        }
        if (row.acknowledged() == null) {
            return new Step("fingerprint", Mark.PASSED, "Yotpo has never acknowledged anything of it");
        }
        return row.desired().equals(row.acknowledged())
                ? new Step("fingerprint", Mark.PASSED, "desired and acknowledged are the same")
                : new Step("fingerprint", Mark.PASSED, "desired differs from what Yotpo acknowledged");
    }

    private Step row() {
        LedgerRow row = facts.row();
        if (row == null) {
            return new Step("row", Mark.STOPPED, "the ledger has no row");
        }
        String since = row.status() == LedgerStatus.PENDING ? ", last changed at " : " since ";
        String text = row.status() + since + Texts.time(row.updatedAt()) + ", attempts " + row.attempts();
        return new Step("row", row.status() == LedgerStatus.PARKED ? Mark.STOPPED : Mark.PASSED, text);
    }

    private Step answer() {
        LedgerRow row = facts.row();
        if (row != null && row.failure() != null) {
            return new Step("answer", Mark.STOPPED, Finding.answer(row.failure()));
        }
        return row == null || row.acknowledgedAt() == null
                ? new Step("answer", Mark.UNKNOWN, "Yotpo was not asked yet")
                : new Step("answer", Mark.PASSED, "acknowledged at " + Texts.time(row.acknowledgedAt()));
    }

    private @Nullable SkipReason skipReason() {
        Heard heard = facts.heard();
        if (heard != null && facts.lastSaveWas(LastHeard.Fate.SKIPPED)) {
            return heard.reason();
        }
        return facts.skippedToday();
    }
}
