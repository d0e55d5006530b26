package io.yotposync.autoconfigure.properties;

import io.yotposync.store.IdentifierSettings.Preference;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One store's settings, or the defaults of all; what is not set falls back.
 *
 * @param enabled Whether the store takes customers. Events of a disabled store are counted and dropped.
 * @param appKey Yotpo's store id (app key).
 * @param secret Yotpo's API secret.
 * @param sharedAppKey Whether another store may have the same app key. Stores on one node share its rate.
 * @param site The host's site identifier whose customers go to this store; the store's key if not set, * for all sites.
 * @param baseUrl Where Yotpo answers; http is allowed on loopback only.
 * @param rateLimit Requests per second and store over all nodes; 0 for no limit.
 * @param maxInFlight Customers of a store being sent at once.
 * @param connectTimeout How long to wait for a connection; of several stores the longest counts.
 * @param requestTimeout How long one request may take; at most 20 minutes, and a third of lease.
 * @param settle How long a changed customer rests before it is sent, so that quick successive saves are one request.
 * @param retryDelay First wait after an outage; doubles each time.
 * @param maxRetryDelay Longest wait of a customer after an outage, or 30s if that is longer and Yotpo answers nobody.
 * @param lease How long a node may drain a store without renewing its claim to it.
 * @param identifier How customers are identified.
 * @param defaultCurrency ISO 4217 code sent as default_currency for every customer of the store.
 * @param defaultLanguage ISO 639-1 code sent as default_language for customers without a locale.
 * @param defaultRegion ISO 3166 alpha-2 region for reading phone numbers that name no country.
 * @param attributes Which customer attribute fills which Yotpo property, by attribute name.
 * @param customProperties Whether custom_properties may be sent, which Yotpo has deprecated.
 * @param consent Where consent is read from.
 * @param mappingVersion Part of every fingerprint; change it to have all customers sent again.
 */
public record StoreProperties(
        @Nullable Boolean enabled,
        @Nullable String appKey,
        @Nullable String secret,
        @Nullable Boolean sharedAppKey,
        @Nullable String site,
        @Nullable String baseUrl,
        @Nullable Double rateLimit,
        @Nullable Integer maxInFlight,
        @Nullable Duration connectTimeout,
        @Nullable Duration requestTimeout,
        @Nullable Duration settle,
        @Nullable Duration retryDelay,
        @Nullable Duration maxRetryDelay,
        @Nullable Duration lease,
        @DefaultValue Identifier identifier,
        @Nullable String defaultCurrency,
        @Nullable String defaultLanguage,
        @Nullable String defaultRegion,
        @Nullable Map<String, String> attributes,
        @Nullable Boolean customProperties,
        @DefaultValue Consent consent,
        @Nullable String mappingVersion) {

    public StoreProperties {
        attributes = attributes == null ? Map.of() : attributes;
    }

    /** Neither app key nor secret. */
    @Override
    public String toString() {
        return "StoreProperties[enabled=" + enabled + ", site=" + site + ", appKey=" + presence(appKey) + ", secret="
                + presence(secret) + "]";
    }

    private static String presence(@Nullable String value) {
        return value == null || value.isBlank() ? "ABSENT" : "PRESENT";
    }

    /**
     * How customers are identified.
     *
     * @param externalId Bean property path on the host's customer whose value becomes external_id; empty for none.
     * @param prefer Which of e-mail and phone identifies a customer without external id.
     * @param phoneNumber Whether phone_number may be sent, which Yotpo has deprecated.
     */
    public record Identifier(
            @Nullable String externalId,
            @Nullable Preference prefer,
            @Nullable Boolean phoneNumber) {}

    /**
     * Where consent is read from.
     *
     * @param email Bean property path that holds the e-mail consent; the host's own if not set, none is told if empty.
     * @param sms Bean property path that holds the SMS consent; the host's own if not set, of which Broadleaf has none; none is
     *     told if empty.
     */
    public record Consent(@Nullable String email, @Nullable String sms) {}
}
