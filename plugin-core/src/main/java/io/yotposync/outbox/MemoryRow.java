package io.yotposync.outbox;

import io.yotposync.customer.SourceVersions;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One customer's row. Never changes once it is in the map: every change makes a copy, so that readers need no lock. */
final class MemoryRow {

    final CustomerKey key;
    LedgerStatus status;

    @Nullable
    String payload;

    Fingerprint desired;

    @Nullable
    Fingerprint acknowledged;

    @Nullable
    String acknowledgedFields;

    long sourceVersion;
    Origin origin;
    int attempts;
    Instant nextAttemptAt;
    Instant pendingSince;

    @Nullable
    String token;

    @Nullable
    Instant leasedUntil;

    @Nullable
    Failure failure;

    @Nullable
    String note;

    @Nullable
    Contact contact;

    int formerContacts;
    final Instant createdAt;
    Instant updatedAt;

    @Nullable
    Instant acknowledgedAt;

    MemoryRow(Desired state, Instant now) {
        key = state.key();
        status = LedgerStatus.PENDING;
        payload = state.payload();
        desired = state.fingerprint();
        sourceVersion = state.sourceVersion();
        origin = state.origin();
        nextAttemptAt = state.notBefore();
        pendingSince = now;
        contact = state.contact();
        createdAt = now;
        updatedAt = now;
    }

    private MemoryRow(MemoryRow row, Instant now) {
        key = row.key;
        status = row.status;
        payload = row.payload;
        desired = row.desired;
        acknowledged = row.acknowledged;
        acknowledgedFields = row.acknowledgedFields;
        sourceVersion = row.sourceVersion;
        origin = row.origin;
        attempts = row.attempts;
        nextAttemptAt = row.nextAttemptAt;
        pendingSince = row.pendingSince;
        token = row.token;
        leasedUntil = row.leasedUntil;
        failure = row.failure;
        note = row.note;
        contact = row.contact;
        formerContacts = row.formerContacts;
        createdAt = row.createdAt;
        updatedAt = now;
        acknowledgedAt = row.acknowledgedAt;
    }

    MemoryRow wanting(Desired state, Instant now) {
        if (!state.mayReplace(sourceVersion, now)) {
            return this;
        }
        // Later than before, however long ago this save was: whoever looked meanwhile can tell that it changed.
        MemoryRow next = new MemoryRow(this, now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1));
        // Also for the same content, or a late state of a moment in between would replace it.
        next.sourceVersion = state.laterVersion(sourceVersion, now);
        next.identify(state.contact());
        boolean changed = !state.fingerprint().equals(desired);
        if (changed && state.fingerprint().equals(acknowledged) && certain() && !next.isGuest()) {
            next.settle(state.fingerprint());
        } else if (changed
                || (status == LedgerStatus.PARKED && state.origin() == Origin.LIVE)
                || (isSuperseded() && state.sourceVersion() > sourceVersion)) {
            next.pend(state, now);
        } else if (status == LedgerStatus.PENDING) {
            next.origin = first(origin, state.origin());
            // It may be the last of its contact now, for whom the others wait.
            next.nextAttemptAt =
                    state.sourceVersion() > sourceVersion && waitedForAnother() ? earlier(state) : nextAttemptAt;
        }
        if (changed && SourceVersions.isAhead(sourceVersion, now)) {
            next.nextAttemptAt = state.notBefore(); // it may wait for a time as far ahead
        }
        return next;
    }

    /** Another customer's state went to Yotpo instead of this one. */
    private boolean isSuperseded() {
        return status == LedgerStatus.IN_SYNC && !desired.equals(acknowledged);
    }

    private boolean waitedForAnother() {
        return failure != null && failure.kind() == FailureClass.CONFLICT;
    }

    private void identify(@Nullable Contact now) {
        boolean another = contact != null && now != null && contact.alone() && now.alone() && !contact.equals(now);
        formerContacts += another ? 1 : 0;
        contact = now;
    }

    /** Whether Yotpo surely has nothing but the acknowledged state. */
    private boolean certain() {
        return token == null && attempts == 0 && failure == null;
    }

    private void settle(Fingerprint fingerprint) {
        status = LedgerStatus.IN_SYNC;
        desired = fingerprint;
        payload = null;
    }

    private void pend(Desired state, Instant now) {
        boolean changed = !state.fingerprint().equals(desired);
        desired = state.fingerprint();
        payload = state.payload();
        if (status == LedgerStatus.PENDING) {
            origin = first(origin, state.origin());
            nextAttemptAt = changed && waitedForAnother() ? earlier(state) : nextAttemptAt;
            return;
        }
        status = LedgerStatus.PENDING;
        origin = state.origin();
        attempts = 0;
        nextAttemptAt = state.notBefore();
        pendingSince = now;
    }

    private Instant earlier(Desired state) {
        return state.notBefore().isBefore(nextAttemptAt) ? state.notBefore() : nextAttemptAt;
    }

    private static Origin first(Origin one, Origin other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    boolean due(Instant now) {
        return status == LedgerStatus.PENDING && !nextAttemptAt.isAfter(now) && isFree(now);
    }

    /** Held by no sender, or by one whose lease has ended. */
    boolean isFree(Instant now) {
        return leasedUntil == null || !leasedUntil.isAfter(now);
    }

    /** Identified by a contact alone, so that Yotpo takes others of the same contact for it. */
    boolean isGuest() {
        return contact != null && contact.alone();
    }

    boolean isPendingLaterThan(MemoryRow other) {
        return status == LedgerStatus.PENDING && sourceVersion > other.sourceVersion;
    }

    /** A save that changes nothing raises the version too, so that alone does not tell. */
    boolean isAtYotpoLaterThan(MemoryRow other) {
        return status == LedgerStatus.IN_SYNC
                && sourceVersion > other.sourceVersion
                && desired.equals(acknowledged)
                && acknowledgedAt != null
                && (other.acknowledgedAt == null || !acknowledgedAt.isBefore(other.acknowledgedAt));
    }

    /** Waits for another of its contact, and for nothing else. */
    boolean isWaitingForAnother(Instant now) {
        return status == LedgerStatus.PENDING && token == null && waitedForAnother() && nextAttemptAt.isAfter(now);
    }

    MemoryRow woken(Instant now) {
        MemoryRow next = new MemoryRow(this, updatedAt);
        next.nextAttemptAt = now;
        return next;
    }

    boolean isHeldByAnother(String claiming, Instant now) {
        return token != null && !token.equals(claiming) && leasedUntil != null && leasedUntil.isAfter(now);
    }

    MemoryRow claimed(String newToken, Instant until, Instant now) {
        MemoryRow next = new MemoryRow(this, now);
        if (token != null) {
            next.attempts++;
            next.failure = Failure.ABANDONED;
        }
        next.token = newToken;
        next.leasedUntil = until;
        return next;
    }

    /** @param sent which fields the sent payload had, {@code null} if that cannot be said */
    MemoryRow completed(Completion completion, @Nullable String sent, Instant now) {
        MemoryRow next = new MemoryRow(this, now);
        next.token = null;
        next.leasedUntil = null;
        Claim claim = completion.claim();
        boolean current = claim.wanted().equals(desired) || claim.fingerprint().equals(desired);
        if (current && !(completion instanceof Completion.RetryAt || completion instanceof Completion.Released)) {
            next.desired = claim.fingerprint();
        }
        if (completion instanceof Completion.Acknowledged done) {
            next.acknowledge(done, current, now);
            next.acknowledgedFields = sent;
        } else if (completion instanceof Completion.Superseded superseded) {
            next.end(superseded.note(), current, now);
        } else if (completion instanceof Completion.RetryAt retry) {
            next.attempts += retry.counted() ? 1 : 0;
            next.failure = retry.failure();
            next.nextAttemptAt = current || !next.waitedForAnother() ? retry.at() : now;
        } else if (completion instanceof Completion.Parked parked) {
            next.refuse(parked.failure(), current, now);
        }
        return next;
    }

    private void acknowledge(Completion.Acknowledged done, boolean current, Instant now) {
        acknowledged = done.claim().fingerprint();
        acknowledgedAt = now;
        end(done.note(), current, now);
    }

    private void end(@Nullable String said, boolean current, Instant now) {
        note = said;
        failure = null;
        attempts = 0;
        if (current) {
            settle(desired);
        } else {
            startAfresh(now);
        }
    }

    private void refuse(Failure why, boolean current, Instant now) {
        failure = why;
        if (current) {
            status = LedgerStatus.PARKED;
            attempts++;
        } else {
            startAfresh(now);
        }
    }

    MemoryRow distrusted(Instant now) {
        MemoryRow next = new MemoryRow(this, now);
        next.acknowledged = null;
        next.desired = Fingerprint.UNKNOWN;
        return next;
    }

    LedgerMark mark(boolean superseded) {
        return new LedgerMark(
                status,
                desired,
                acknowledged,
                acknowledgedFields,
                sourceVersion,
                updatedAt,
                acknowledgedAt,
                mayHaveArrived(),
                superseded);
    }

    /** What was refused at the first try has not; attempts are counted anew when a row is due again. */
    private boolean mayHaveArrived() {
        return token != null
                || attempts > (status == LedgerStatus.PARKED ? 1 : 0)
                || (status == LedgerStatus.PENDING
                        && failure != null
                        && failure.kind().mayHaveArrived());
    }

    MemoryRow requeued(Origin as, Instant now) {
        MemoryRow next = new MemoryRow(this, now);
        if (status != LedgerStatus.PENDING) {
            next.pendingSince = now;
        }
        next.origin = status == LedgerStatus.PENDING ? first(origin, as) : as;
        next.status = LedgerStatus.PENDING;
        next.attempts = 0;
        next.nextAttemptAt = now;
        return next;
    }

    private void startAfresh(Instant now) {
        attempts = 0;
        nextAttemptAt = now;
        pendingSince = now;
    }

    LedgerRow visible() {
        return new LedgerRow(
                key,
                status,
                desired,
                acknowledged,
                sourceVersion,
                attempts,
                nextAttemptAt,
                leasedUntil,
                failure,
                note,
                createdAt,
                updatedAt,
                acknowledgedAt,
                formerContacts);
    }

    /** No payload: it is personal data. */
    @Override
    public String toString() {
        return "MemoryRow[" + key + ", " + status + "]";
    }
}
