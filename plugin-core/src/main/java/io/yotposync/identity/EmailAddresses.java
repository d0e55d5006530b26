package io.yotposync.identity;

import org.jspecify.annotations.Nullable;

/** Tells plausible e-mail addresses from others: one {@code @}, no blanks, a domain with a dot. */
public final class EmailAddresses {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;

    private EmailAddresses() {}

    /** The trimmed address, or {@code null} if it is not plausible. */
    public static @Nullable String plausible(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String address = text.strip();
        int at = address.indexOf('@');
        boolean plausible = address.length() <= MAX_LENGTH
                && at > 0
                && at <= MAX_LOCAL
                && isLocal(address, at)
                && isDomain(address, at + 1);
        return plausible ? address : null;
    }

    private static boolean isLocal(String address, int end) {
        char before = '.';
        for (int i = 0; i < end; i++) {
            char c = address.charAt(i);
            if (!isVisible(c) || isNeverInLocal(c) || (c == '.' && before == '.')) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isDomain(String address, int start) {
        int labels = 0;
        int labelStart = start;
        for (int i = start; i <= address.length(); i++) {
            if (i == address.length() || address.charAt(i) == '.') {
                if (!isLabel(address, labelStart, i)) {
                    return false;
                }
                labels++;
                labelStart = i + 1;
            }
        }
        return labels >= 2;
    }

    private static boolean isLabel(String address, int start, int end) {
        if (end <= start || end - start > MAX_LABEL || address.charAt(start) == '-' || address.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = address.charAt(i);
            if (c != '-' && !isWritten(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNeverInLocal(char c) {
        return switch (c) {
            case '(', ')', '<', '>', '[', ']', ':', ';', ',', '\\', '"', '@' -> true;
            default -> false;
        };
    }

    private static boolean isVisible(char c) {
        return (c > ' ' && c < 0x7F) || isWritten(c);
    }

    /** Vowels of some scripts are marks. */
    private static boolean isWritten(char c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
