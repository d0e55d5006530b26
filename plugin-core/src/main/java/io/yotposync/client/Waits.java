package io.yotposync.client;

import io.yotposync.store.StoreState;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long Yotpo asks to wait: {@code Retry-After} in seconds or as a date, else {@code RateLimit-Reset} in seconds.
 * What makes no sense is as if it were not there, and no header can make a store wait longer than {@link #LONGEST}.
 */
final class Waits {

    static final Duration LONGEST = StoreState.LONGEST_WAIT;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?");

    private Waits() {}

    static @Nullable Duration asked(HttpHeaders headers, Instant now) {
        Duration asked = retryAfter(headers, now);
        return asked != null
                ? asked
                : headers.firstValue("RateLimit-Reset")
                        .map(Waits::seconds)
                        .filter(wait -> wait.compareTo(LONGEST) <= 0) // else it is a date, or nonsense
                        .orElse(null);
    }

    /** The only one that is about an outage: Yotpo tells of its rate with every answer. */
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        // A date is meant by the server's clock, which may differ from ours.
        Instant theirs = headers.firstValue("Date").map(Waits::date).orElse(now);
        return headers.firstValue("Retry-After")
                .map(text -> retryAfter(text, theirs))
                .orElse(null);
    }

    private static @Nullable Duration retryAfter(String text, Instant now) {
        Duration seconds = seconds(text);
        if (seconds != null) {
            return bounded(seconds);
        }
        Instant until = date(text);
        return until == null ? null : bounded(Duration.between(now, until));
    }

    /** Not limited. */
    static @Nullable Duration seconds(String text) {
        String number = text.strip();
        if (!SECONDS.matcher(number).matches()) {
            return null;
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(number) * 1000));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }
}
