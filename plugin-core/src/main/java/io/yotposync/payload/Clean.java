package io.yotposync.payload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a host gives into what Yotpo takes, or into {@code null}: left out. Never throws. */
final class Clean {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_TAG = 255;

    private static final Set<String> LANGUAGES = new HashSet<>(Arrays.asList(Locale.getISOLanguages()));
    private static final Set<String> COUNTRIES = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());

    /** ISO 639 codes that Java's locales kept long after they were withdrawn. */
    private static final Map<String, String> WITHDRAWN = Map.of("iw", "he", "in", "id", "ji", "yi");

    private Clean() {}

    /** One line of visible text, cut at a code point. */
    static @Nullable String text(@Nullable String raw, int max) {
        if (raw == null) {
            return null;
        }
        String text = isPlain(raw) ? raw.strip() : visible(raw, max).strip();
        if (text.length() > max) {
            int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
            text = text.substring(0, end).strip();
        }
        return text.isEmpty() ? null : text;
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' || (c >= 0x7F && (Character.isISOControl(c) || Character.isSurrogate(c) || isInvisible(c)))) {
                return false;
            }
        }
        return true;
    }

    private static String visible(String raw, int max) {
        StringBuilder text = new StringBuilder(Math.min(raw.length(), max));
        raw.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                text.append(' ');
            } else if (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE && !isInvisible(c)) {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    /** Non-characters, the byte order mark, and controls of text direction, which only ever forge. */
    private static boolean isInvisible(int c) {
        return c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c & 0xFFFE) == 0xFFFE;
    }

    static @Nullable String gender(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        return switch (raw.strip().toLowerCase(Locale.ROOT)) {
            case "f", "female", "w", "woman" -> "F";
            case "m", "male", "man" -> "M";
            case "other", "o", "x", "d", "diverse", "non-binary", "nonbinary" -> "Other";
            default -> null;
        };
    }

    static @Nullable String status(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String status = raw.strip().toLowerCase(Locale.ROOT);
        return status.equals("enabled") || status.equals("disabled") ? status : null;
    }

    /** The language of a tag or locale code: {@code en} of {@code en_US}. */
    static @Nullable String language(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String tag = raw.strip();
        int end = 0;
        while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
            end++;
        }
        String language = tag.substring(0, end).toLowerCase(Locale.ROOT);
        language = WITHDRAWN.getOrDefault(language, language);
        return language.length() == 2 && LANGUAGES.contains(language) ? language : null;
    }

    static @Nullable String currency(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String code = raw.strip().toUpperCase(Locale.ROOT);
        return CURRENCIES.contains(code) ? code : null;
    }

    static @Nullable String country(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String code = raw.strip().toUpperCase(Locale.ROOT);
        if (code.equals("UK")) {
            return "GB";
        }
        return COUNTRIES.contains(code) ? code : null;
    }

    /** {@code NY} of {@code NY} or {@code US-NY}. */
    static @Nullable String province(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String code = raw.strip().toUpperCase(Locale.ROOT);
        if (code.length() == 5 && code.charAt(2) == '-') {
            code = code.substring(3);
        }
        boolean twoLetters = code.length() == 2 && isLatin(code.charAt(0)) && isLatin(code.charAt(1));
        return twoLetters ? code : null;
    }

    private static boolean isLatin(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** ISO 8601 in UTC, whole seconds. */
    static @Nullable String moment(@Nullable Instant raw) {
        if (raw == null || raw.isBefore(EARLIEST) || raw.isAfter(LATEST)) {
            return null;
        }
        return raw.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** One comma-separated string: each tag once, in the order given. */
    static @Nullable String tags(List<String> raw) {
        Set<String> tags = new LinkedHashSet<>();
        for (String list : raw) {
            for (String each : list.split(",", -1)) {
                String tag = text(each, MAX_TAG);
                if (tag != null) {
                    tags.add(tag);
                }
            }
        }
        return tags.isEmpty() ? null : String.join(",", tags);
    }

    /** A key of letters, digits and underscores. */
    static @Nullable String key(@Nullable String raw) {
        String text = text(raw, MAX_TAG);
        if (text == null) {
            return null;
        }
        String key = text.replaceAll("[^\\p{L}\\p{N}_]+", "_");
        return key.chars().allMatch(c -> c == '_') ? null : key;
    }

    /** A primitive or date of a custom property. */
    static @Nullable Object primitive(@Nullable Object raw) {
        if (raw instanceof CharSequence chars) {
            return text(chars.toString(), MAX_TAG);
        }
        if (raw instanceof Boolean || raw instanceof Integer || raw instanceof Long) {
            return raw;
        }
        if (raw instanceof Short || raw instanceof Byte) {
            return ((Number) raw).intValue();
        }
        if (raw instanceof Double || raw instanceof Float) {
            double number = ((Number) raw).doubleValue();
            return Double.isFinite(number) ? number : null;
        }
        return raw instanceof Instant instant ? moment(instant) : null;
    }
}
