package io.yotposync.outbox;

import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One store's pending rows in the order they are to be sent, and who may send them. Guarded by the outbox's lock. */
final class MemoryLane {

    private static final Comparator<MemoryRow> BY_DUE = MemoryLane::compareByDue;

    private final NavigableSet<MemoryRow> live = new TreeSet<>(BY_DUE);
    private final NavigableSet<MemoryRow> scanned = new TreeSet<>(BY_DUE);

    private final Map<Fingerprint, Integer> externallyKnown = new HashMap<>();
    private final Map<Fingerprint, Map<CustomerKey, MemoryRow>> guests = new HashMap<>();

    @Nullable
    LaneLease lease;

    void replace(@Nullable MemoryRow before, @Nullable MemoryRow after) {
        if (before != null && before.status == LedgerStatus.PENDING) {
            rows(before.origin).remove(before);
        }
        if (after != null && after.status == LedgerStatus.PENDING) {
            rows(after.origin).add(after);
        }
        if (before == null || after == null || !Objects.equals(before.contact, after.contact)) {
            count(before, -1);
            count(after, 1);
        }
        guest(before, false);
        guest(after, true);
    }

    private static int compareByDue(MemoryRow one, MemoryRow other) {
        int byTime = one.nextAttemptAt.compareTo(other.nextAttemptAt);
        return byTime != 0 ? byTime : one.key.compareTo(other.key);
    }

    private void count(@Nullable MemoryRow row, int change) {
        Contact contact = row == null ? null : row.contact;
        if (contact != null && !contact.alone()) {
            externallyKnown.merge(contact.fingerprint(), change, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    private void guest(@Nullable MemoryRow row, boolean there) {
        Contact contact = row == null ? null : row.contact;
        if (row == null || contact == null || !contact.alone()) {
            return;
        }
        guests.compute(contact.fingerprint(), (any, known) -> {
            Map<CustomerKey, MemoryRow> rows = known == null ? new HashMap<>(2) : known;
            if (there) {
                rows.put(row.key, row);
            } else {
                rows.remove(row.key);
            }
            return rows.isEmpty() ? null : rows;
        });
    }

    /** @param token of the claims that are being made */
    Rival rivalOf(MemoryRow row, String token, Instant now) {
        Contact contact = row.contact;
        if (contact == null) {
            return Rival.NONE;
        }
        boolean underWay = guests(contact).anyMatch(other -> other.isHeldByAnother(token, now));
        if (!contact.alone()) {
            return underWay ? Rival.UNDER_WAY : Rival.NONE;
        }
        if (externallyKnown.containsKey(contact.fingerprint())) {
            return Rival.REGISTERED;
        }
        if (isSuperseded(row)) {
            return Rival.LATER;
        }
        if (guests(contact).anyMatch(other -> other.isPendingLaterThan(row))) {
            return Rival.LATER_PENDING;
        }
        return underWay ? Rival.UNDER_WAY : Rival.NONE;
    }

    boolean isSuperseded(MemoryRow row) {
        Contact contact = row.contact;
        return contact != null && contact.alone() && guests(contact).anyMatch(other -> other.isAtYotpoLaterThan(row));
    }

    /** Those who wait for the guest of this row to be sent or refused. */
    List<MemoryRow> waitingFor(MemoryRow row, Instant now) {
        Contact contact = row.contact;
        return contact == null || !contact.alone()
                ? List.of()
                : guests(contact)
                        .filter(other -> other != row && other.isWaitingForAnother(now))
                        .toList();
    }

    private Stream<MemoryRow> guests(Contact contact) {
        return guests.getOrDefault(contact.fingerprint(), Map.of()).values().stream();
    }

    int size() {
        return live.size() + scanned.size();
    }

    List<MemoryRow> due(int max, Instant now) {
        return due(max, now, any -> true);
    }

    /** At most one, untried if there is such a one. */
    List<MemoryRow> probe(Instant now) {
        List<MemoryRow> untried = due(1, now, row -> row.attempts == 0 && row.failure == null);
        return untried.isEmpty() ? due(1, now) : untried;
    }

    private List<MemoryRow> due(int max, Instant now, Predicate<MemoryRow> wanted) {
        List<MemoryRow> due = new ArrayList<>();
        collect(live, due, max, now, wanted);
        collect(scanned, due, max, now, wanted);
        return due;
    }

    private static void collect(
            NavigableSet<MemoryRow> rows, List<MemoryRow> into, int max, Instant now, Predicate<MemoryRow> wanted) {
        for (MemoryRow row : rows) {
            if (into.size() >= max || row.nextAttemptAt.isAfter(now)) {
                return;
            }
            if (row.due(now) && wanted.test(row)) {
                into.add(row);
            }
        }
    }

    private NavigableSet<MemoryRow> rows(Origin origin) {
        return origin == Origin.LIVE ? live : scanned;
    }
}
