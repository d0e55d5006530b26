package io.yotposync.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.SourceVersions;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compares a customer as the host has it with what the ledger knows, by the same rules of identity and payload as a live
 * save. Does no I/O; thread-safe.
 */
final class Judge {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Preparation preparation;
    private final FieldPrints prints;
    private final Duration patience;

    Judge(Preparation preparation, FieldPrints prints, Duration patience) {
        this.preparation = preparation;
        this.prints = prints;
        this.patience = patience;
    }

    /** @param readAt before the customer was read */
    Verdict judge(
            CustomerSnapshot customer,
            StoreSettings store,
            @Nullable LedgerMark mark,
            Instant readAt,
            ConsentRule consentRule) {
        if (customer.partial()) {
            return new Verdict.Skip(SkipReason.FAILED);
        }
        Prepared prepared = preparation.prepare(customer, store, Origin.SCAN);
        if (prepared instanceof Prepared.Skipped skipped) {
            return skipped(skipped.reason(), mark, readAt);
        }
        Desired read = versioned(((Prepared.Ready) prepared).desired(), customer.sourceVersion(), readAt);
        return mark == null
                ? withConsentOrNot(read, null, null, consentRule)
                : compare(customer, read, mark, readAt, consentRule);
    }

    private Verdict compare(
            CustomerSnapshot customer, Desired read, LedgerMark mark, Instant readAt, ConsentRule consentRule) {
        boolean left = isAnonymised(customer, read, mark);
        boolean heldBack = mark.desired().equals(read.fingerprint().withoutConsent());
        boolean desired = mark.desired().equals(read.fingerprint());
        boolean unchanged = desired || (heldBack && consentRule != ConsentRule.TELL);
        if (unchanged && !left) {
            return new Verdict.Unchanged(heldBack);
        }
        Instant heard = believable(mark.updatedAt(), readAt);
        boolean older = read.outranksUpTo() < mark.sourceVersion();
        // What was heard or sent since it was read may be newer; so may, for a while, a row with the later time.
        if (heard.isAfter(readAt) || (older && heard.isAfter(readAt.minus(patience)))) {
            return new Verdict.Overtaken();
        }
        // A row that was left alone for long: what the host has now is the truth, whatever time it bears.
        Desired now = older ? read.withVersion(mark.sourceVersion()) : read;
        FieldChanges changes = prints.changes(now.key(), mark.acknowledgedFields(), now.payload());
        Verdict otherwise =
                unchanged ? new Verdict.Unchanged(heldBack) : withConsentOrNot(now, mark, changes, consentRule);
        return left ? new Verdict.Left(now, otherwise) : otherwise;
    }

    /** A clock that was far ahead when it wrote the row says nothing of when that was. */
    private static Instant believable(Instant heard, Instant now) {
        return heard.isAfter(now.plus(SKEW)) ? Instant.EPOCH : heard;
    }

    private Verdict withConsentOrNot(
            Desired read, @Nullable LedgerMark mark, @Nullable FieldChanges changes, ConsentRule consentRule) {
        if (consentRule != ConsentRule.HOLD_BACK || isToBeTold(mark) || !ConsentFields.isTold(read, changes)) {
            return new Verdict.Send(read, changes, false);
        }
        FieldChanges others = changes == null ? null : changes.without(FieldPrints.CONSENT);
        if (others != null && others.isEmpty()) {
            return new Verdict.Unchanged(true);
        }
        return new Verdict.Send(ConsentFields.without(read), others, true);
    }

    /** Whether a state with the consent waits, or was refused: without it, a choice just heard would never be told. */
    private static boolean isToBeTold(@Nullable LedgerMark mark) {
        return mark != null
                && mark.status() != LedgerStatus.IN_SYNC
                && !mark.desired().isWithoutConsent();
    }

    /**
     * Whether all that is personal went, of somebody whom Yotpo was told of: the e-mail address and both names. Not of one
     * who has any of them in the shop, though it is of no use or a customizer leaves it out, nor of one who never had a name
     * and has a phone number still.
     */
    private static boolean isAnonymised(CustomerSnapshot customer, Desired state, LedgerMark mark) {
        String before = mark.acknowledgedFields();
        if (!isBlank(customer.firstName())
                || !isBlank(customer.lastName())
                || !isBlank(customer.email())
                || !FieldPrints.had(before, FieldPrints.PERSON)) {
            return false;
        }
        JsonNode told = OwnPayloads.customer(state.payload());
        return FieldPrints.PERSON.stream().noneMatch(told::has)
                && (!told.has("phone_number") || FieldPrints.had(before, FieldPrints.NAMES));
    }

    private static boolean isBlank(@Nullable String name) {
        return name == null || name.isBlank();
    }

    private static Verdict skipped(SkipReason reason, @Nullable LedgerMark mark, Instant readAt) {
        boolean left = reason == SkipReason.ANONYMOUS || reason == SkipReason.NO_IDENTIFIER;
        if (mark == null || !left) {
            return new Verdict.Skip(reason);
        }
        // Whoever was heard of since may have become somebody again.
        return believable(mark.updatedAt(), readAt).isAfter(readAt) ? new Verdict.Overtaken() : Verdict.Left.NOTHING;
    }

    /** Without a time of the host's, the second before reading: a save during the scan must win. */
    private static Desired versioned(Desired state, long hostsVersion, Instant readAt) {
        return hostsVersion > 0 ? state : state.withVersion(SourceVersions.read(readAt));
    }
}
