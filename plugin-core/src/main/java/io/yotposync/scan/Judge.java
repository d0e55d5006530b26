package io.yotposync.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.SourceVersions;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
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
    Judgement judge(
            CustomerSnapshot customer,
            StoreSettings store,
            @Nullable LedgerMark mark,
            Instant readAt,
            ConsentRule consentRule) {
        if (customer.partial()) {
            return new Judgement.Skip(SkipReason.FAILED);
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

    private Judgement compare(
            CustomerSnapshot customer, Desired read, LedgerMark mark, Instant readAt, ConsentRule consentRule) {
        boolean left = isAnonymised(customer, read, mark);
        boolean heldBack = mark.desired().equals(read.fingerprint().withoutConsent());
        boolean desired = mark.desired().equals(read.fingerprint());
        boolean unchanged = desired || (heldBack && consentRule != ConsentRule.TELL);
        if (unchanged && !left) {
            return new Judgement.Unchanged(heldBack);
        }
        Instant heard = believable(mark.updatedAt(), readAt);
        boolean older = !read.mayReplace(mark.sourceVersion(), readAt);
        // What was heard or sent since it was read may be newer; so may, for a while, a row with the later time.
        if (heard.isAfter(readAt) || (older && heard.isAfter(readAt.minus(patience)))) {
            return new Judgement.Overtaken();
        }
        // A row that was left alone for long: what the host has now is the truth, whatever time it bears.
        Desired now = older ? read.withVersion(mark.sourceVersion()) : read;
        FieldChanges changes = prints.changes(now.key(), mark.acknowledgedFields(), now.payload());
        Judgement otherwise =
                unchanged ? new Judgement.Unchanged(heldBack) : withConsentOrNot(now, mark, changes, consentRule);
        return left ? new Judgement.Left(now, otherwise) : otherwise;
    }

    /** A clock that was far ahead when it wrote the row says nothing of when that was. */
    static Instant believable(Instant heard, Instant now) {
        return heard.isAfter(now.plus(SKEW)) ? Instant.EPOCH : heard;
    }

    private Judgement withConsentOrNot(
            Desired read, @Nullable LedgerMark mark, @Nullable FieldChanges changes, ConsentRule consentRule) {
        if (consentRule != ConsentRule.HOLD_BACK || isToBeTold(mark) || !ConsentFields.isTold(read, changes)) {
            FieldChanges counted =
                    changes != null && consentRule == ConsentRule.FOLLOW ? changes.withConsentAsChange() : changes;
            return new Judgement.Send(read, counted, false);
        }
        FieldChanges others = changes == null ? null : changes.without(FieldPrints.CONSENT);
        if (others != null && others.isEmpty()) {
            return new Judgement.Unchanged(true);
        }
        return new Judgement.Send(ConsentFields.without(read), others, true);
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
        JsonNode told = Bodies.customer(state.payload());
        return FieldPrints.PERSON.stream().noneMatch(told::has)
                && (!told.has(CustomerProperty.PHONE_NUMBER.wireName()) || FieldPrints.had(before, FieldPrints.NAMES));
    }

    private static boolean isBlank(@Nullable String name) {
        return name == null || name.isBlank();
    }

    private static Judgement skipped(SkipReason reason, @Nullable LedgerMark mark, Instant readAt) {
        boolean left = reason == SkipReason.ANONYMOUS || reason == SkipReason.NO_IDENTIFIER;
        if (mark == null || !left) {
            return new Judgement.Skip(reason);
        }
        // Whoever was heard of since may have become somebody again.
        return believable(mark.updatedAt(), readAt).isAfter(readAt)
                ? new Judgement.Overtaken()
                : Judgement.Left.NOTHING;
    }

    /** Without a time of the host's, the second before reading: a save during the scan must win. */
    private static Desired versioned(Desired state, long hostsVersion, Instant readAt) {
        return hostsVersion > 0 ? state : state.withVersion(SourceVersions.read(readAt));
    }
}
