package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rule of one property; its messages never repeat the value. */
interface Field {

    /** Languages that Java still has under the codes of before 1989 as well. */
    Set<String> WITHDRAWN = Set.of("iw", "in", "ji");

    /** What is wrong with a value that is not null, or {@code null}. */
    @Nullable
    String problem(JsonNode value);

    static Field flag() {
        return value -> value.isBoolean() ? null : "must be true or false";
    }

    static Field text(int max) {
        return value -> {
            if (!value.isTextual()) {
                return "must be a string";
            }
            return value.asText().length() <= max ? null : "must not be longer than " + max + " characters";
        };
    }

    static Field identifier(int max) {
        return text(max).and(text -> !text.isBlank(), "must not be blank");
    }

    static Field oneOf(String... allowed) {
        List<String> values = List.of(allowed);
        return text(64).and(values::contains, "must be one of " + String.join(", ", values));
    }

    static Field email() {
        return text(254).and(matches("[^\\s@]+@[^\\s@]+"), "must be an e-mail address");
    }

    static Field e164() {
        return text(64).and(matches("\\+[1-9][0-9]{6,14}"), "must be in E.164 form");
    }

    static Field provinceCode() {
        return text(64).and(matches("[A-Z]{2}"), "must have two letters");
    }

    static Field country() {
        return text(64).and(Set.of(Locale.getISOCountries())::contains, "must be an ISO 3166 alpha-2 code");
    }

    static Field language() {
        Set<String> codes = new HashSet<>(List.of(Locale.getISOLanguages()));
        codes.removeAll(WITHDRAWN);
        return text(64).and(codes::contains, "must be an ISO 639-1 code");
    }

    static Field currency() {
        Set<String> codes = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toUnmodifiableSet());
        return text(64).and(codes::contains, "must be an ISO 4217 code");
    }

    static Field utcTimestamp() {
        return text(64).and(Field::isUtcTimestamp, "must be an ISO 8601 time in UTC");
    }

    private Field and(Predicate<String> rule, String otherwise) {
        return value -> {
            String problem = problem(value);
            return problem != null ? problem : rule.test(value.asText()) ? null : otherwise;
        };
    }

    private static Predicate<String> matches(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    private static boolean isUtcTimestamp(String text) {
        try {
            return OffsetDateTime.parse(text).getOffset().equals(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
