package io.yotposync.operator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one customer is, or is not, in one Yotpo store.
 *
 * @param because a sentence or two that name the deciding property or fact
 * @param nextTry when it is tried next, {@code null} if it is not
 * @param steps the customer's way in order, as far as it is known
 */
public record Explanation(
        String customer,
        String store,
        Verdict verdict,
        String because,
        @Nullable Instant nextTry,
        List<Step> steps) {

    /** Where the customer stands, in one word. */
    public enum Verdict {
        /** Yotpo acknowledged the latest state. */
        IN_YOTPO,
        /** It is about to be sent. */
        ON_ITS_WAY,
        /** It is sent as soon as what is in the way has passed. */
        WAITING,
        /** Yotpo refused it; an operator has to act. */
        REFUSED,
        /** It is not sent at all. */
        NOT_SENT,
        /** Nothing is known of it. */
        UNKNOWN
    }

    /** How a step went. */
    public enum Mark {
        PASSED,
        STOPPED,
        UNKNOWN
    }

    /**
     * One step of the way.
     *
     * @param name event, store, toggle, eligibility, identifier, fingerprint, row or answer
     */
    public record Step(String name, Mark mark, String finding) {}
}
