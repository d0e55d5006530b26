package io.yotposync.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a host gives into what Yotpo takes, or into {@code null}: left out. Never throws. */
final class Clean {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_TAG = 255;

    private static final int MAX_TAGS = 5_000;
    private static final int MAX_MOMENT = 40;
    private static final int MAX_DIGITS = 30;
    private static final int MOST_PLACES = 300;
    private static final int SHORTEST_NUMBER = 6;
    private static final int LONGEST_NUMBER = 16;
    private static final Pattern NOT_OF_A_KEY = Pattern.compile("[^A-Za-z0-9_]+");

    private Clean() {}

    /** One line of visible text, cut at a code point. */
    static @Nullable String text(@Nullable String raw, int max) {
        if (raw == null) {
            return null;
        }
        String text = trim(isPlain(raw) ? raw : visible(raw));
        if (text.length() > max) {
            int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
            text = trim(text.substring(0, end));
        }
        return text.isEmpty() ? null : text;
    }

    /** Without what shows nothing at either end; {@code strip} would leave no-break and zero-width spaces. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || (c >= 0x7F && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT));
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' '
                    || (c >= 0x7F
                            && (Character.isISOControl(c)
                                    || Character.isSurrogate(c)
                                    || isInvisible(c)
                                    || isBreak(c)))) {
                return false;
            }
        }
        return true;
    }

    private static String visible(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || c == 0x85) {
                text.append(' ');
            } else if (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE && !isInvisible(c)) {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    private static boolean isBreak(char c) {
        return c == 0x2028 || c == 0x2029;
    }

    /** Non-characters, the byte order mark, and controls of text direction, which only ever forge. */
    private static boolean isInvisible(int c) {
        return c == 0xFEFF
                || (c >= 0xFDD0 && c <= 0xFDEF)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c & 0xFFFE) == 0xFFFE;
    }

    static @Nullable String gender(String raw) {
        return switch (raw.strip().toLowerCase(Locale.ROOT)) {
            case "f", "female", "w", "woman" -> "F";
            case "m", "male", "man" -> "M";
            case "other", "o", "x", "d", "diverse", "non-binary", "nonbinary" -> "Other";
            default -> null;
        };
    }

    static @Nullable String status(String raw) {
        String status = raw.strip().toLowerCase(Locale.ROOT);
        return status.equals("enabled") || status.equals("disabled") ? status : null;
    }

    /** {@code NY} of {@code NY} or {@code US-NY}. */
    static @Nullable String province(String raw) {
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

    /** E.164, as whoever sets it must have made it. */
    static @Nullable String phone(String raw) {
        String number = raw.strip();
        return isE164(number) ? number : null;
    }

    private static boolean isE164(String number) {
        int length = number.length();
        if (length < SHORTEST_NUMBER || length > LONGEST_NUMBER || number.charAt(0) != '+' || number.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A moment given as such, or as ISO 8601 with its offset. */
    static @Nullable String moment(Object raw) {
        Instant given = instant(raw);
        if (given != null) {
            return moment(given);
        }
        if (!(raw instanceof CharSequence text) || text.length() > MAX_MOMENT) {
            return null;
        }
        try {
            return moment(OffsetDateTime.parse(text.toString().strip()).toInstant());
        } catch (DateTimeException noMoment) {
            return null;
        }
    }

    @SuppressWarnings("JavaUtilDate") // a host may still have it
    private static @Nullable Instant instant(Object raw) {
        if (raw instanceof Instant moment) {
            return moment;
        }
        if (raw instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        if (raw instanceof ZonedDateTime moment) {
            return moment.toInstant();
        }
        return raw instanceof Date moment ? Instant.ofEpochMilli(moment.getTime()) : null;
    }

    /** ISO 8601 in UTC, whole seconds. */
    static @Nullable String moment(@Nullable Instant raw) {
        if (raw == null || raw.isBefore(EARLIEST) || raw.isAfter(LATEST)) {
            return null;
        }
        LocalDateTime at = LocalDateTime.ofEpochSecond(raw.getEpochSecond(), 0, ZoneOffset.UTC);
        byte[] text = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.US_ASCII);
        two(text, 0, at.getYear() / 100);
        two(text, 2, at.getYear() % 100);
        two(text, 5, at.getMonthValue());
        two(text, 8, at.getDayOfMonth());
        two(text, 11, at.getHour());
        two(text, 14, at.getMinute());
        two(text, 17, at.getSecond());
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void two(byte[] text, int at, int number) {
        text[at] += (byte) (number / 10);
        text[at + 1] += (byte) (number % 10);
    }

    /** One comma-separated string: each tag once, in the order given, as many whole ones as there is room for. */
    static @Nullable String tags(String raw) {
        Set<String> tags = new LinkedHashSet<>();
        int length = 0;
        for (String each : raw.split(",", -1)) {
            String tag = text(each, MAX_TAG);
            if (tag == null || tags.contains(tag)) {
                continue;
            }
            length += tag.length() + 1;
            if (length > MAX_TAGS) {
                break;
            }
            tags.add(tag);
        }
        return tags.isEmpty() ? null : String.join(",", tags);
    }

    /** A key of Latin letters, digits and underscores: of others it is not known whether Yotpo takes them. */
    static @Nullable String key(@Nullable String raw) {
        String text = text(raw, MAX_TAG);
        if (text == null) {
            return null;
        }
        String key = NOT_OF_A_KEY.matcher(text).replaceAll("_");
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
            double number = Double.parseDouble(raw.toString()); // a float has no more digits than its text
            return Double.isFinite(number) ? number : null;
        }
        if (raw instanceof BigDecimal || raw instanceof BigInteger) {
            return decimal(new BigDecimal(raw.toString()));
        }
        if (raw instanceof LocalDate date) {
            return date.toString();
        }
        if (raw instanceof java.sql.Date day) {
            return day.toLocalDate().toString(); // its moment is the evening before, east of Greenwich
        }
        return raw == null ? null : moment(raw);
    }

    /** The same number is written alike, whatever its scale; one that would fill a page is none. */
    private static @Nullable Object decimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if ((long) plain.precision() - plain.scale() > MAX_DIGITS || plain.scale() > MOST_PLACES) {
            return null;
        }
        BigDecimal rounded = plain.scale() > MAX_DIGITS
                ? plain.setScale(MAX_DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros()
                : plain;
        return new BigDecimal(rounded.toPlainString());
    }
}
