package io.yotposync.identity;

import org.jspecify.annotations.Nullable;

/**
 * Tells usable external ids from others. Yotpo merges the profiles of one external id, so an id that would have to be
 * changed to be sent, and could then be another customer's, is no id at all.
 */
public final class ExternalIds {

    private static final int MAX_LENGTH = 255;

    private ExternalIds() {}

    /** The id without blanks around it, or {@code null} if it is empty, too long or not all visible. */
    public static @Nullable String usable(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String id = raw.strip();
        return !id.isEmpty() && id.length() <= MAX_LENGTH && isVisible(id) ? id : null;
    }

    private static boolean isVisible(String id) {
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            if (!isVisible(id.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
