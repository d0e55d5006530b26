package io.yotposync.scan;

import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.payload.FieldChanges;
import io.yotposync.store.CustomerKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what one batch comes to. */
final class Batch {

    private final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
    private final List<Desired> states = new ArrayList<>();
    private final List<CustomerKey> purge = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();

    void count(Tally tally) {
        counts.merge(tally, 1L, Long::sum);
    }

    void enqueue(Desired state) {
        states.add(state);
        count(Tally.ENQUEUED);
    }

    void missing() {
        count(Tally.GONE);
        count(Tally.MISSING);
    }

    void purge(CustomerKey key) {
        purge.add(key);
        count(Tally.PURGED);
    }

    void example(String customerId, String what) {
        if (examples.size() < Tripwire.EXAMPLES) {
            examples.add("customer " + customerId + ": " + what);
        }
    }

    private static boolean isKnown(@Nullable LedgerMark mark) {
        return mark != null && mark.acknowledgedAt() != null;
    }

    /** @param mark what the ledger knew of the customer */
    void add(Judgement.Send send, @Nullable LedgerMark mark) {
        enqueue(send.desired());
        if (send.heldBack()) {
            count(Tally.CONSENT_HELD_BACK);
        }
        FieldChanges changes = send.changes();
        if (changes == null && isKnown(mark)) {
            // Such as after a change of the secret: it may be anything, so it counts.
            count(Tally.ALTERED);
            example(send.desired().key().customerId(), "fields that cannot be compared with what Yotpo was told");
        }
        if (changes == null || changes.isEmpty()) {
            return;
        }
        if (!changes.changed().isEmpty() || !changes.blanked().isEmpty()) {
            count(Tally.ALTERED);
            example(send.desired().key().customerId(), String.join(", ", changes.all()));
        }
        if (changes.changesConsent()) {
            count(Tally.CONSENT_CHANGED);
        }
        if (!changes.blanked().isEmpty()) {
            count(Tally.BLANKED);
        }
    }

    void known(@Nullable LedgerMark mark) {
        if (isKnown(mark)) {
            count(Tally.KNOWN);
        }
    }

    void skipped(SkipReason reason) {
        count(
                switch (reason) {
                    case NOT_ALLOWED -> Tally.SKIPPED_NOT_ALLOWED;
                    case ANONYMOUS -> Tally.SKIPPED_ANONYMOUS;
                    case INVALID_CONTACT -> Tally.SKIPPED_INVALID_CONTACT;
                    case NO_IDENTIFIER -> Tally.SKIPPED_NO_IDENTIFIER;
                    case CUSTOMIZER_BROKE_IDENTIFIER -> Tally.SKIPPED_CUSTOMIZER;
                    case NO_STORE, OTHER_STORE, STORE_DISABLED -> Tally.OTHER_STORE;
                    case FAILED -> Tally.SKIPPED_FAILED;
                });
    }

    Step step(@Nullable String lastId, boolean end) {
        return new Step(states, purge, new ScanCounts(counts), lastId, end, examples);
    }
}
