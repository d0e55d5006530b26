package io.yotposync.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.outbox.Desired;
import io.yotposync.payload.FieldChanges;
import io.yotposync.payload.FieldPrints;
import org.jspecify.annotations.Nullable;

/** A state without the shopper's choices about marketing, for scans that must not change them. Thread-safe. */
final class ConsentFields {

    private final ObjectMapper json = new ObjectMapper();

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

    Desired without(Desired state) {
        return state.withBody(strip(state.payload()), state.fingerprint().withoutConsent());
    }

    private String strip(String payload) {
        try {
            ObjectNode body = (ObjectNode) json.readTree(payload);
            body.withObject("/customer").remove(FieldPrints.CONSENT);
            return body.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a payload of ours is not JSON");
        }
    }
}
