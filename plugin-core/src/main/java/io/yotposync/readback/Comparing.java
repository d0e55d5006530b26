package io.yotposync.readback;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.CustomerLookup.Wanted;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares some customers of one store with what Yotpo shows of them. For one use, on one thread. */
final class Comparing {

    private static final String ID = CustomerProperty.EXTERNAL_ID.wireName();

    private final StoreSettings store;
    private final Map<CustomerKey, LedgerMark> marks;
    private final FieldPrints prints;
    private final Asking asking;

    private final Map<String, Checked> checked = new LinkedHashMap<>();
    private final List<String> byHostsId = new ArrayList<>();
    private final List<String> otherwise = new ArrayList<>();

    Comparing(StoreSettings store, Map<CustomerKey, LedgerMark> marks, FieldPrints prints, Asking asking) {
        this.store = store;
        this.marks = marks;
        this.prints = prints;
        this.asking = asking;
    }

    /** @param visible what was acknowledged later cannot be asked for yet */
    void add(CustomerKey key, Instant visible) {
        LedgerMark mark = marks.get(key);
        if (mark == null || mark.acknowledgedAt() == null || mark.superseded()) {
            note(key, Result.NOT_COMPARABLE);
        } else if (mark.status() != LedgerStatus.IN_SYNC
                || mark.acknowledgedAt().isAfter(visible)) {
            note(key, Result.TOO_EARLY);
        } else {
            note(key, Result.NO_ANSWER);
            boolean hostsId = prints.hadOwnId(key, mark.acknowledgedFields());
            (hostsId && Wanted.isAskable(ID, key.customerId()) ? byHostsId : otherwise).add(key.customerId());
        }
    }

    /** @param known asked for customers that Yotpo does not know by the host's id */
    Map<String, Checked> compare(ReadBack.Known known) {
        for (int from = 0; from < byHostsId.size(); from += CustomerLookup.MAX_IDS) {
            together(byHostsId.subList(from, Math.min(from + CustomerLookup.MAX_IDS, byHostsId.size())));
        }
        if (!otherwise.isEmpty()) {
            Map<String, Identifier> identifiers = known.of(store, otherwise);
            otherwise.forEach(id -> alone(id, identifiers.get(id)));
        }
        if (asking.isBarred()) {
            checked.values().stream()
                    .filter(each -> each.result() == Result.NO_ANSWER)
                    .map(Checked::customerId)
                    .toList()
                    .forEach(id -> note(key(id), Result.NOT_ASKED));
        }
        return checked;
    }

    private void together(List<String> ids) {
        asking.byExternalId(ids).ifPresent(shown -> {
            for (String id : ids) {
                // Whether one request may name several ids is inferred: nobody is called missing before it is asked for
                // alone.
                Optional<Map<String, JsonNode>> answer = shown.containsKey(id) || ids.size() == 1
                        ? Optional.of(shown)
                        : asking.byExternalId(List.of(id));
                answer.ifPresent(sure -> compare(id, sure.get(id)));
            }
        });
    }

    /** A request each: Yotpo takes one value at a time. */
    private void alone(String id, @Nullable Identifier identifier) {
        if (identifier == null
                || !Wanted.isAskable(identifier.property(), identifier.value())
                || !isKnownBy(key(id), identifier)) {
            note(key(id), Result.NOT_COMPARABLE);
            return;
        }
        asking.by(identifier).ifPresent(shown -> compare(id, shown.isEmpty() ? null : shown.get(0)));
    }

    /** Whether it is what Yotpo was told, and the first thing there to identify the customer. */
    private boolean isKnownBy(CustomerKey key, Identifier identifier) {
        String fields = fields(key);
        boolean first =
                identifier.property().equals(ID) || !FieldPrints.fields(fields).contains(ID);
        return first && prints.had(key, fields, identifier.property(), identifier.value());
    }

    private void compare(String id, @Nullable JsonNode shown) {
        CustomerKey key = key(id);
        if (shown == null) {
            note(key, Result.MISSING);
            return;
        }
        FieldChanges drift = prints.drift(key, fields(key), shown);
        if (drift == null) {
            note(key, Result.NOT_COMPARABLE);
        } else {
            checked.put(id, new Checked(id, drift.isEmpty() ? Result.EQUAL : Result.DRIFTED, drift.all(), false));
        }
    }

    private void note(CustomerKey key, Result result) {
        checked.put(key.customerId(), new Checked(key.customerId(), result, Set.of(), false));
    }

    private CustomerKey key(String id) {
        return new CustomerKey(store.key(), id);
    }

    private @Nullable String fields(CustomerKey key) {
        LedgerMark mark = marks.get(key);
        return mark == null ? null : mark.acknowledgedFields();
    }
}
