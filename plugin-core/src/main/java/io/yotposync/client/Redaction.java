package io.yotposync.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.CustomerProperty;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes what Yotpo says about a refused customer fit to be stored and shown: whatever was sent, or looks like personal
 * data or a token, becomes {@code ***}.
 */
final class Redaction {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String HIDDEN = "***";
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "[^\\s\"'<>]+(?:@|%40)[^\\s\"'<>]+" // e-mail addresses
                    + "|\\+?\\d[\\d\\s().-]{5,}\\d" // phone numbers, dates, ids
                    + "|[A-Za-z0-9_\\-.]{24,}"); // tokens
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|`[^`]*`|(?<!\\p{L})'[^']*'(?!\\p{L})");
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

    /** Controls of text direction among it, with which a line reads otherwise than it is. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    private static final int LONGEST = 1000;

    /** Of scripts that put something between two words, and do not change a word's end for its case. */
    private static final String LETTERS = "\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}";

    /** A value so short occurs within other words, where hiding it would tell it by the gap. */
    private static final Pattern SHORT =
            Pattern.compile("[" + LETTERS + "](?:.{0,2}[" + LETTERS + "])?|[" + LETTERS + "\\p{N}]{1,2}");

    /** What may stand before a word and end with a letter. */
    private static final String ESCAPE = "%\\p{XDigit}{2}|\\\\[a-z]|\\\\u\\p{XDigit}{4}";

    /** Values of these are words of the protocol and tell nothing about a person. */
    private static final Set<String> HARMLESS = Set.of(
            CustomerProperty.GENDER.wireName(),
            CustomerProperty.ACCOUNT_STATUS.wireName(),
            CustomerProperty.DEFAULT_LANGUAGE.wireName(),
            CustomerProperty.DEFAULT_CURRENCY.wireName(),
            AddressProperty.COUNTRY_CODE.wireName(),
            AddressProperty.PROVINCE_CODE.wireName());

    private static final String TAGS = CustomerProperty.TAGS.wireName();

    /** Of so many, an answer that names single ones is looked for them. */
    private static final int MOST_TAGS = 100;

    private static final List<String> NAMES =
            List.of(CustomerProperty.FIRST_NAME.wireName(), CustomerProperty.LAST_NAME.wireName());

    private Redaction() {}

    /** @param sent the request, whose values must not come back */
    static String of(String message, Sent sent) {
        String text = visible(oneLine(message));
        for (String value : values(sent)) {
            text = hide(text, value);
        }
        text = QUOTED.matcher(text).replaceAll(Redaction::quoted);
        return SUSPICIOUS.matcher(begin(text)).replaceAll(Redaction::suspicious);
    }

    private static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll(" ").strip();
    }

    private static String visible(String line) {
        return INVISIBLE.matcher(line).replaceAll("").strip();
    }

    /** Whole words of it: half an address is none that could be seen. */
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

    /** As it was sent, in capitals, as it stands in a URL, and of an e-mail address what stands before the at sign alone. */
    private static void addForms(String value, List<String> values) {
        if (value.isEmpty()) {
            return;
        }
        values.add(value);
        // Other letters than it has, which are not found for its case alone.
        Stream.of(value.toUpperCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
                .filter(other -> other.length() != value.length())
                .forEach(values::add);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        if (!encoded.equals(value)) {
            values.add(encoded);
            values.add(encoded.replace("+", "%20"));
        }
        int at = value.lastIndexOf('@');
        if (at > 0) {
            values.add(value.substring(0, at));
        }
    }

    private static List<String> values(Sent sent) {
        List<String> values = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Stream.of(sent.token(), sent.secret()).filter(each -> !each.isEmpty()).forEach(values::add);
        try (JsonParser parser = JSON.createParser(sent.body())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && !HARMLESS.contains(String.valueOf(parser.currentName()))) {
                    String line = oneLine(parser.getText());
                    String value = visible(line);
                    addForms(value, values);
                    if (!line.equals(value)) {
                        addForms(line, values); // in a URL it may stand as it was sent
                    }
                    if (TAGS.equals(parser.currentName())) {
                        Stream.of(value.split(",", MOST_TAGS))
                                .map(String::strip)
                                .forEach(tag -> addForms(tag, values));
                    }
                    if (NAMES.contains(String.valueOf(parser.currentName()))) {
                        names.put(parser.currentName(), value);
                    }
                }
            }
        } catch (IOException notJson) {
            return values;
        }
        if (names.size() == NAMES.size()) {
            List<String> both = NAMES.stream().map(names::get).toList();
            values.add(both.get(0) + both.get(1)); // as user names are made
            values.add(both.get(1) + both.get(0));
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
        return values;
    }
}
