package io.yotposync.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes what Yotpo says about a refused customer fit to be stored and shown: whatever was sent, or looks like personal
 * data or a token, becomes {@code ***}.
 */
final class Redaction {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "[^\\s\"'<>]+@[^\\s\"'<>]+" // e-mail addresses
                    + "|\\+?\\d[\\d\\s().-]{5,}\\d" // phone numbers, dates, ids
                    + "|[A-Za-z0-9_\\-.]{24,}"); // tokens
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int SHORTEST = 2;
    private static final int LONGEST = 1000;

    private Redaction() {}

    /** @param sent the request's JSON body, whose values must not come back */
    static String of(String message, String sent) {
        String text = INVISIBLE.matcher(message).replaceAll(" ").strip();
        for (String value : values(sent)) {
            text = Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(text)
                    .replaceAll(Matcher.quoteReplacement("***"));
        }
        String begin = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return SUSPICIOUS.matcher(begin).replaceAll("***");
    }

    private static List<String> values(String sent) {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(sent)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && isTelling(parser.getText())) {
                    values.add(
                            INVISIBLE.matcher(parser.getText()).replaceAll(" ").strip());
                }
            }
        } catch (IOException notJson) {
            return List.of();
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
        return values;
    }

    /** Words of the protocol itself, such as {@code enabled}, tell nothing. */
    private static boolean isTelling(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return value.strip().length() > SHORTEST
                && !word.equals("enabled")
                && !word.equals("disabled")
                && !word.equals("other");
    }
}
