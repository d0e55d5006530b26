package io.yotposync.client;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes what Yotpo says about a refused customer fit to be stored and shown: whatever was sent, or looks like personal
 * data or a token, becomes {@code ***}.
 */
final class Redaction {

    private static final String HIDDEN = "***";
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "[^\\s\"'<>]+(?:@|%40)[^\\s\"'<>]+" // e-mail addresses
                    + "|\\+?\\d[\\d\\s().-]{5,}\\d" // phone numbers, dates, ids
                    + "|[A-Za-z0-9_\\-.]{24,}"); // tokens
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|`[^`]*`|(?<!\\p{L})'[^']*'(?!\\p{L})");
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

    /** Controls of text direction among them, with which a line reads otherwise than it is written. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    private static final int LONGEST = 1000;

    /** Of scripts that put something between two words, and do not change a word's end for its case. */
    private static final String LETTERS = "\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}";

    /** A value as short as this occurs within other words too, where the gap would tell it. */
    private static final Pattern SHORT =
            Pattern.compile("[" + LETTERS + "](?:.{0,2}[" + LETTERS + "])?|[" + LETTERS + "\\p{N}]{1,2}");

    /** What may stand before a word and end with a letter. */
    private static final String ESCAPE = "%\\p{XDigit}{2}|\\\\[a-z]|\\\\u\\p{XDigit}{4}";

    private Redaction() {}

    /** @param sent the request, whose values must not come back */
    static String of(String message, Sent sent) {
        String text = visible(oneLine(message));
        for (String value : SentValues.of(sent)) {
            text = hide(text, value);
        }
        text = QUOTED.matcher(text).replaceAll(Redaction::quoted);
        return SUSPICIOUS.matcher(begin(text)).replaceAll(Redaction::suspicious);
    }

    static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll(" ").strip();
    }

    static String visible(String line) {
        return INVISIBLE.matcher(line).replaceAll("").strip();
    }

    /** In whole words: half an e-mail address would not be recognised as one. */
    private static String begin(String text) {
        return text.length() > LONGEST ? text.substring(0, Math.max(0, text.lastIndexOf(' ', LONGEST))) : text;
    }

    /** A path to a property may be as long as a token. */
    private static String suspicious(MatchResult found) {
        String all = found.group();
        return FieldNames.isPath(all.endsWith(".") ? all.substring(0, all.length() - 1) : all) ? all : HIDDEN;
    }

    private static String hide(String text, String value) {
        String quoted = Pattern.quote(value);
        String word = value.length() > 2 ? LETTERS : LETTERS + "\\p{N}";
        String pattern = SHORT.matcher(value).matches()
                ? "(?:(?<![" + word + "])|(?<=" + ESCAPE + "))" + quoted + "(?![" + word + "])"
                : quoted;
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .replaceAll(HIDDEN);
    }

    /** What a message quotes is a value, unless it is a property's name or the path to one. */
    private static String quoted(MatchResult found) {
        String all = found.group();
        String inner = all.substring(1, all.length() - 1);
        return FieldNames.isPath(inner) ? Matcher.quoteReplacement(all) : HIDDEN;
    }
}
