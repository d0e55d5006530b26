package io.yotposync.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an operator did.
 *
 * @param who the host's name of the operator
 * @param action what, in one word
 * @param store to which store, {@code null} for all
 * @param customer to which customer, by the host's id
 * @param reason why, as the operator said; cut to {@value #MAX_TEXT} characters
 * @param outcome what came of it
 */
public record AuditEntry(
        Instant at,
        String who,
        String action,
        @Nullable String store,
        @Nullable String customer,
        @Nullable String reason,
        String outcome) {

    public static final int MAX_TEXT = 300;

    private static final int MAX_NAME = 128;

    public AuditEntry {
        who = oneLine(who, MAX_NAME);
        customer = customer == null ? null : oneLine(customer, MAX_NAME);
        reason = reason == null || reason.isBlank() ? null : oneLine(reason, MAX_TEXT);
        outcome = oneLine(outcome, MAX_TEXT);
    }

    private static String oneLine(String text, int max) {
        String line = Texts.oneLine(text);
        return line.length() <= max ? line : line.substring(0, max);
    }
}
