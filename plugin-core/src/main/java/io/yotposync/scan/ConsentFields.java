package io.yotposync.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.outbox.Desired;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import org.jspecify.annotations.Nullable;

/** A state without the shopper's choices about marketing, for scans that must not change them. */
final class ConsentFields {

    private ConsentFields() {}

    /** Whether sending the state would tell Yotpo a choice that it was not told before, or told otherwise. */
    static boolean isTold(Desired state, @Nullable FieldChanges changes) {
        boolean any =
                FieldPrints.CONSENT.stream().anyMatch(name -> state.payload().contains('"' + name + '"'));
        if (!any) {
            return false;
        }
        return changes == null
                || FieldPrints.CONSENT.stream()
                        .anyMatch(name -> changes.changed().contains(name)
                                || changes.added().contains(name));
    }

    static Desired without(Desired state) {
        return state.withBody(strip(state.payload()), state.fingerprint().withoutConsent());
    }

    private static String strip(String payload) {
        ObjectNode customer = (ObjectNode) Bodies.customer(payload);
        return Bodies.of(customer.remove(FieldPrints.CONSENT));
    }
}
