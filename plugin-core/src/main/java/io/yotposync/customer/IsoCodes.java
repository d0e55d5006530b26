package io.yotposync.customer;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads codes as hosts write them into ISO's own form; what is no such code becomes {@code null}. Never throws. */
public final class IsoCodes {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(Predicate.not(Set.of("XXX", "XTS")::contains))
            .collect(Collectors.toUnmodifiableSet());

    /** ISO 639 codes that Java's locales kept long after they were withdrawn. */
    private static final Map<String, String> WITHDRAWN = Map.of("iw", "he", "in", "id", "ji", "yi");

    private static final int LONGEST_CODE = 16;

    private IsoCodes() {}

    /** ISO 639-1 of a language tag or locale code: {@code en} of {@code en_US}. */
    public static @Nullable String language(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String tag = raw.strip();
        int end = 0;
        while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
            end++;
        }
        if (end != 2) {
            return null;
        }
        String code = tag.substring(0, end).toLowerCase(Locale.ROOT);
        String language = WITHDRAWN.getOrDefault(code, code);
        return LANGUAGES.contains(language) ? language : null;
    }

    /** ISO 4217; the codes for tests and for no currency are none. */
    public static @Nullable String currency(@Nullable String raw) {
        String code = upperCase(raw);
        return code != null && CURRENCIES.contains(code) ? code : null;
    }

    /** ISO 3166 alpha-2; {@code UK} is read as {@code GB}. */
    public static @Nullable String country(@Nullable String raw) {
        String code = upperCase(raw);
        if ("UK".equals(code)) {
            return "GB";
        }
        return code != null && COUNTRIES.contains(code) ? code : null;
    }

    private static @Nullable String upperCase(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String code = raw.strip();
        return code.length() > LONGEST_CODE ? null : code.toUpperCase(Locale.ROOT);
    }
}
