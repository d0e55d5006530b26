package io.yotposync.customer;

import org.jspecify.annotations.Nullable;

/** A shopper's own choice about marketing. {@link #UNKNOWN} is never sent: Yotpo would read a default as an answer. */
public enum Consent {
    GRANTED,
    DENIED,
    UNKNOWN;

    /** {@code null} becomes {@link #UNKNOWN}. */
    public static Consent of(@Nullable Boolean choice) {
        if (choice == null) {
            return UNKNOWN;
        }
        return choice ? GRANTED : DENIED;
    }

    /** As {@link #of} takes it. */
    public @Nullable Boolean choice() {
        return this == UNKNOWN ? null : Boolean.valueOf(this == GRANTED);
    }

    /** As {@link #parse} reads it; {@code null} for {@link #UNKNOWN}. */
    public @Nullable String text() {
        return this == UNKNOWN ? null : String.valueOf(this == GRANTED);
    }

    /**
     * Reads {@code true}/{@code false} in any case, with blanks around it or not; anything else, {@code null} too, becomes
     * {@link #UNKNOWN}.
     */
    public static Consent parse(@Nullable String text) {
        String word = text == null ? "" : text.strip();
        if (word.equalsIgnoreCase("true")) {
            return GRANTED;
        }
        return word.equalsIgnoreCase("false") ? DENIED : UNKNOWN;
    }
}
