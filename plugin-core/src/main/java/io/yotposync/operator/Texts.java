package io.yotposync.operator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Facts as people read them. */
final class Texts {

    /** Controls of text direction and all else that shows nothing, except what joins and parts letters. */
    private static final Pattern FORGING = Pattern.compile("[\\p{Cf}&&[^\\u200C\\u200D]]+");

    /** PostgreSQL takes no NUL and no half of a character. */
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");

    private Texts() {}

    /** What somebody wrote, as one line that reads as it is. */
    static String oneLine(String text) {
        String shown = FORGING.matcher(text).replaceAll("");
        return BREAKING.matcher(shown).replaceAll(" ").strip();
    }

    /** To the second, in UTC. */
    static String time(@Nullable Instant moment) {
        return moment == null
                ? "a time not known"
                : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
