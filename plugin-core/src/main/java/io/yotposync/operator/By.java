package io.yotposync.operator;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, and why.
 *
 * @param who the host's name of the operator
 * @param why as the operator said
 */
public record By(String who, @Nullable String why) {

    private static final String NAMELESS = "without a name";

    public By {
        who = Texts.oneLine(who);
        who = who.isEmpty() ? NAMELESS : who;
        why = why == null ? null : Texts.oneLine(why);
    }

    /** @param who also {@code null}, as of a token that names nobody */
    public static By of(@Nullable String who, @Nullable String why) {
        return new By(who == null ? "" : who, why);
    }

    String reason() {
        return why == null || why.isBlank() ? "no reason given (" + who + ")" : why;
    }
}
