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
import java.util.stream.Stream;

/** Collects what a request said of a customer, and its secrets, in each form in which an answer may repeat them. */
final class SentValues {

    private static final JsonFactory JSON = new JsonFactory();

    /** Values of these are words of the protocol and tell nothing about a person. */
    private static final Set<String> HARMLESS = Set.of(
            CustomerProperty.GENDER.wireName(),
            CustomerProperty.ACCOUNT_STATUS.wireName(),
            CustomerProperty.DEFAULT_LANGUAGE.wireName(),
            CustomerProperty.DEFAULT_CURRENCY.wireName(),
            AddressProperty.COUNTRY_CODE.wireName(),
            AddressProperty.PROVINCE_CODE.wireName());

    private static final String TAGS = CustomerProperty.TAGS.wireName();

    /** An answer may name a single tag; so many are looked for one by one, and the rest as one value. */
    private static final int MOST_TAGS = 100;

    private static final String FIRST_NAME = CustomerProperty.FIRST_NAME.wireName();
    private static final String LAST_NAME = CustomerProperty.LAST_NAME.wireName();

    private final List<String> values = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    private SentValues() {}

    /** The longest first: a shorter one may be a part of it. Of a body that is no JSON, as far as it could be read. */
    static List<String> of(Sent sent) {
        SentValues found = new SentValues();
        Stream.of(sent.token(), sent.secret()).filter(each -> !each.isEmpty()).forEach(found.values::add);
        try (JsonParser parser = JSON.createParser(sent.body())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    found.add(String.valueOf(parser.currentName()), parser.getText());
                }
            }
        } catch (IOException notJson) {
            return found.values;
        }
        found.addFullNames();
        found.values.sort(Comparator.comparingInt(String::length).reversed());
        return found.values;
    }

    private void add(String property, String text) {
        if (HARMLESS.contains(property)) {
            return;
        }
        String line = Redaction.oneLine(text);
        String value = Redaction.visible(line);
        addForms(value);
        if (!line.equals(value)) {
            addForms(line); // in a URL it may stand as it was sent
        }
        if (property.equals(TAGS)) {
            Stream.of(value.split(",", MOST_TAGS)).map(String::strip).forEach(this::addForms);
        }
        if (property.equals(FIRST_NAME) || property.equals(LAST_NAME)) {
            names.put(property, value);
        }
    }

    /** As it was sent, in capitals, as it stands in a URL, and of an e-mail address what stands before the at sign alone. */
    private void addForms(String value) {
        if (value.isEmpty()) {
            return;
        }
        values.add(value);
        // Where these have another length than the value, a search that ignores case does not find them.
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

    /** As user names are made. */
    private void addFullNames() {
        String first = names.get(FIRST_NAME);
        String last = names.get(LAST_NAME);
        if (first != null && last != null) {
            values.add(first + last);
            values.add(last + first);
        }
    }
}
