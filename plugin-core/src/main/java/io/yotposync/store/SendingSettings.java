package io.yotposync.store;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * How a store's customers are sent.
 *
 * @param baseUrl where Yotpo answers; {@code http} only on loopback
 * @param rateLimit requests per second that all nodes together may make to this store, token calls included; at most
 *     10,000, and three at least while a lease lasts; 0 for no limit
 * @param maxInFlight customers of this store being sent at once, 1 to 1000
 * @param connectTimeout until a connection stands; of several stores the longest counts
 * @param requestTimeout for one whole request, answer included; at most 20 minutes, for a lease is three times as long
 * @param settle how long a changed customer rests before it is sent, so that quick successive saves become one request;
 *     at most an hour
 * @param retryDelay the first wait after an outage; doubles with each further one, with jitter
 * @param maxRetryDelay the longest wait of a customer, unless Yotpo answers nobody: then up to 30 seconds if that is longer
 * @param lease how long a node may drain a store without renewing; the longest that a dead node delays the others;
 *     at least three times the request timeout, at most an hour
 */
public record SendingSettings(
        URI baseUrl,
        double rateLimit,
        int maxInFlight,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration settle,
        Duration retryDelay,
        Duration maxRetryDelay,
        Duration lease) {

    // Before the defaults, whose constructor needs it.
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int LAST_PORT = 65_535;

    public static final SendingSettings DEFAULTS = new SendingSettings(
            URI.create("https://api.yotpo.com"),
            5,
            5,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(60));

    private static final String DURATION_FIX = "Give a duration such as 10s or 500ms.";

    /** @throws InvalidSettingException naming the setting that is out of range */
    public SendingSettings {
        requireUsable(baseUrl);
        if (!(rateLimit >= 0 && rateLimit <= 10_000)) {
            throw new InvalidSettingException(
                    "rate-limit", "must be 0 to 10000", "Yotpo permits 5 requests per second and store.");
        }
        if (maxInFlight < 1 || maxInFlight > 1000) {
            throw new InvalidSettingException("max-in-flight", "must be 1 to 1000", "5 suits Yotpo's own limit.");
        }
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("request-timeout", requestTimeout);
        requirePositive("retry-delay", retryDelay);
        if (settle.isNegative()) {
            throw new InvalidSettingException("settle", "must not be negative", DURATION_FIX);
        }
        requireAtMostAnHour("settle", settle, "250ms; every customer waits that long");
        if (requestTimeout.compareTo(LONGEST.dividedBy(3)) > 0) {
            throw new InvalidSettingException("request-timeout", "is longer than 20 minutes", DURATION_FIX);
        }
        requireAtMostAnHour("lease", lease, "60s; a dead node holds a store up that long");
        if (maxRetryDelay.compareTo(retryDelay) < 0) {
            throw new InvalidSettingException(
                    "max-retry-delay", "is shorter than retry-delay", "Make it at least as long.");
        }
        if (lease.compareTo(requestTimeout.multipliedBy(3)) < 0) {
            throw new InvalidSettingException(
                    "lease", "is shorter than three times request-timeout", "Make it at least that long.");
        }
        if (rateLimit > 0 && rateLimit * lease.toMillis() < 3_000) {
            throw new InvalidSettingException(
                    "rate-limit", "lets less than three requests pass while a lease lasts", "Raise it, or the lease.");
        }
    }

    public SendingSettings withBaseUrl(URI value) {
        return new SendingSettings(
                value,
                rateLimit,
                maxInFlight,
                connectTimeout,
                requestTimeout,
                settle,
                retryDelay,
                maxRetryDelay,
                lease);
    }

    private static void requirePositive(String setting, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidSettingException(setting, "must be longer than nothing", DURATION_FIX);
        }
    }

    private static void requireAtMostAnHour(String setting, Duration value, String example) {
        if (value.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException(
                    setting, "is longer than an hour", "Give a duration such as " + example + ".");
        }
    }

    private static void requireUsable(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null
                || url.getPort() > LAST_PORT
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getUserInfo() != null) {
            throw new InvalidSettingException(
                    "base-url", "is not a plain URL with a host", "Use https://api.yotpo.com, or leave it out.");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host))) {
            throw new InvalidSettingException(
                    "base-url",
                    "must be https, for it carries the secret and customers' data",
                    "Use https; http is allowed for localhost only.");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
