package io.yotposync.scan;

import io.yotposync.store.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a scan that would change more than expected: a wrong mapping or a broken import looks like many changes.
 *
 * @param share of the customers that Yotpo knows already, 0 to 1; 1 switches it off
 * @param atLeast fewer customers than this never trip it
 */
public record Tripwire(double share, int atLeast) {

    public static final Tripwire DEFAULTS = new Tripwire(0.2, 50);

    /** Examples shown when it trips. */
    static final int EXAMPLES = 5;

    private static final Map<Tally, String> WATCHED = watched();

    public Tripwire {
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidSettingException("tripwire.share", "must be 0 to 1", "0.2 is a fifth of all customers.");
        }
        if (atLeast < 1) {
            throw new InvalidSettingException("tripwire.at-least", "must be at least 1", "50 suits most shops.");
        }
    }

    private static Map<Tally, String> watched() {
        Map<Tally, String> watched = new LinkedHashMap<>();
        watched.put(Tally.CONSENT_CHANGED, "change the consent of");
        watched.put(Tally.BLANKED, "blank a field of");
        watched.put(Tally.ALTERED, "alter");
        watched.put(Tally.DISABLED, "disable");
        return watched;
    }

    /**
     * Why a scan must not go on, for an operator, or {@code null}.
     *
     * @param counts those of the batch at hand included
     * @param base of how many customers the share is taken; asked for only where it matters
     * @param ofAll whether those are all that Yotpo knows, and not only those that the scan has come to
     */
    @Nullable
    String question(ScanCounts counts, LongSupplier base, boolean ofAll, List<String> examples) {
        if (WATCHED.keySet().stream().noneMatch(watched -> counts.of(watched) >= atLeast)) {
            return null;
        }
        long all = base.getAsLong();
        for (Map.Entry<Tally, String> each : WATCHED.entrySet()) {
            if (tripped(counts.of(each.getKey()), all)) {
                return text(each.getValue(), counts.of(each.getKey()), all, ofAll, examples);
            }
        }
        return null;
    }

    /**
     * The same for rows whose customers seem to be gone.
     *
     * @param told whether Yotpo is to be told of those at hand
     */
    @Nullable
    String leaving(ScanCounts counts, boolean told, List<String> examples) {
        long missing = counts.of(Tally.MISSING);
        long rows = counts.of(Tally.ROWS);
        String what = told ? "disable" : "forget";
        return tripped(missing, rows) ? text(what, missing, rows, false, examples) : null;
    }

    private boolean tripped(long hits, long base) {
        return share < 1 && hits >= atLeast && hits > share * base;
    }

    private static String text(String what, long hits, long base, boolean ofAll, List<String> examples) {
        return String.format(
                Locale.ROOT,
                "It would %s %d of %s%d customers (%.1f %%). For example: %s",
                what,
                hits,
                ofAll ? "" : "the first ",
                base,
                base == 0 ? 100.0 : 100.0 * hits / base,
                String.join("; ", examples));
    }
}
