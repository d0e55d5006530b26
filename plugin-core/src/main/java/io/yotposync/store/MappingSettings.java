package io.yotposync.store;

import io.yotposync.customer.IsoCodes;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a store's payloads are filled.
 *
 * @param defaultCurrency ISO 4217, sent for every customer of the store; {@code null} to use the customer's own
 * @param defaultLanguage ISO 639-1, for customers without a locale
 * @param defaultRegion ISO 3166 alpha-2, for reading phone numbers that name no country
 * @param attributes which host attribute fills which Yotpo property, by attribute name
 * @param customProperties whether {@code custom_properties} may be sent; Yotpo has deprecated it
 * @param emailConsent path of a property that holds the e-mail consent; {@code null} to use the snapshot's own, empty to
 *     tell Yotpo none
 * @param smsConsent the same of the SMS consent
 * @param version part of every fingerprint; change it to have all customers sent again
 */
public record MappingSettings(
        @Nullable String defaultCurrency,
        @Nullable String defaultLanguage,
        @Nullable String defaultRegion,
        Map<String, String> attributes,
        boolean customProperties,
        @Nullable String emailConsent,
        @Nullable String smsConsent,
        String version) {

    private static final int LONGEST_VERSION = 64;

    public static final MappingSettings DEFAULTS =
            new MappingSettings(null, null, null, Map.of(), false, null, null, "1");

    public MappingSettings {
        defaultCurrency = code("default-currency", defaultCurrency, IsoCodes::currency, "an ISO 4217 code such as EUR");
        defaultLanguage = code("default-language", defaultLanguage, IsoCodes::language, "an ISO 639-1 code such as en");
        defaultRegion = code("default-region", defaultRegion, IsoCodes::country, "an ISO 3166 code such as GB");
        attributes = Map.copyOf(attributes);
        if (version.isEmpty() || version.length() > LONGEST_VERSION) {
            throw new InvalidSettingException(
                    "mapping-version",
                    "must be 1 to " + LONGEST_VERSION + " characters long",
                    "Give it a number, and a higher one after a change of the mapping.");
        }
        emailConsent = consent("consent.email", emailConsent);
        smsConsent = consent("consent.sms", smsConsent);
    }

    private static @Nullable String consent(String setting, @Nullable String path) {
        return path == null || !path.isBlank() ? IdentifierSettings.path(setting, path) : "";
    }

    private static @Nullable String code(
            String setting, @Nullable String raw, UnaryOperator<@Nullable String> reader, String example) {
        if (raw == null || raw.isBlank()) {
            return null;
        }
        String code = reader.apply(raw);
        if (code == null) {
            throw new InvalidSettingException(
                    setting,
                    "is not a code: " + InvalidSettingException.quoted(raw.strip()),
                    "Give " + example + ", or leave it out.");
        }
        return code;
    }

    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        for (String path : new @Nullable String[] {emailConsent, smsConsent}) {
            if (path != null && !path.isEmpty()) {
                paths.add(path);
            }
        }
        return paths;
    }
}
