package io.yotposync.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long Yotpo asks to wait: {@code Retry-After} in seconds or as a date, else {@code RateLimit-Reset} in seconds.
 * What makes no sense is as if it were not there, and no header can make a store wait longer than {@link #LONGEST}.
 */
final class Waits {

    static final Duration LONGEST = Duration.ofMinutes(5);

    private Waits() {}

    static @Nullable Duration asked(HttpHeaders headers, Instant now) {
        Duration asked = headers.firstValue("Retry-After")
                .map(text -> retryAfter(text.strip(), now))
                .orElse(null);
        return asked != null
                ? asked
                : headers.firstValue("RateLimit-Reset")
                        .map(text -> seconds(text.strip()))
                        .orElse(null);
    }

    private static @Nullable Duration retryAfter(String text, Instant now) {
        Duration seconds = seconds(text);
        return seconds != null ? seconds : untilDate(text, now);
    }

    private static @Nullable Duration seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0 ? bounded(seconds) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static Duration bounded(double seconds) {
        return seconds >= LONGEST.toSeconds() ? LONGEST : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static @Nullable Duration untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            Duration wait = Duration.between(now, date);
            if (wait.isNegative()) {
                return Duration.ZERO;
            }
            return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }
}
