package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static @Nullable Duration asked(String... headers) {
        return Waits.asked(Headers.of(headers), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000",
        "' 7 ', 7000",
        "0.25, 250",
        "1.5, 1500",
        "299, 299000",
        "299.999, 299999",
        "300, 300000",
        "301, 300000",
        "3600, 300000",
        "9999999999, 300000",
        "999999999999999999, 300000"
    })
    void secondsAreTakenUpToFiveMinutes(String value, long millis) {
        assertThat(asked("Retry-After", value)).isEqualTo(Duration.ofMillis(millis));
    }

    /** One that is longer is a date, or nonsense. */
    @ParameterizedTest
    @CsvSource({"0, 0", "' 7 ', 7000", "0.25, 250", "300, 300000", "301,", "1764192000,", "999999999999999999,"})
    void aResetIsNoLongerThanFiveMinutes(String value, @Nullable Long millis) {
        assertThat(asked("RateLimit-Reset", value)).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "soon",
                "NaN",
                "Infinity",
                "1e3",
                "0x10",
                "5d",
                "5f",
                "1,5",
                "٣",
                "5s",
                "99999999999999999999",
                "Sun Nov  6 08:49:37 1994",
                "Sunday, 06-Nov-94 08:49:37 GMT"
            })
    void nonsenseIsAsIfItWereNotThere(String value) {
        assertThat(asked("Retry-After", value)).isNull();
        assertThat(asked("RateLimit-Reset", value)).isNull();
        assertThat(asked("Retry-After", value, "RateLimit-Reset", "3")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void withoutHeadersNothingIsAsked() {
        assertThat(asked()).isNull();
    }

    @Test
    void retryAfterGoesBeforeTheReset() {
        assertThat(asked("Retry-After", "2", "RateLimit-Reset", "9")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aDateIsCountedFromNow() {
        assertThat(asked("Retry-After", "Sun, 01 Mar 2026 10:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDateIsCountedByTheServersOwnClockWhereItTells() {
        assertThat(asked("Date", "Sun, 01 Mar 2026 11:00:00 GMT", "Retry-After", "Sun, 01 Mar 2026 11:00:05 GMT"))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(asked("Date", "nonsense", "Retry-After", "Sun, 01 Mar 2026 10:00:05 GMT"))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aDateInThePastAsksForNoWait() {
        assertThat(asked("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aDateFarAheadIsCutToFiveMinutes() {
        assertThat(asked("Retry-After", "Sun, 01 Mar 2026 10:05:01 GMT")).isEqualTo(Waits.LONGEST);
        assertThat(asked("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(Waits.LONGEST);
    }

    @Test
    void resetIsNoDate() {
        assertThat(asked("RateLimit-Reset", "Sun, 01 Mar 2026 10:00:30 GMT")).isNull();
    }

    @Test
    void headersNamesAreFoundWhateverTheirCase() {
        assertThat(asked("ratelimit-reset", "3")).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "' 4', 4", "1000000, 1000000"})
    void remainingRequestsAreRead(String value, int count) {
        assertThat(RateHeaders.of(Headers.of("RateLimit-Remaining", value))).isEqualTo(new RateHeaders(count, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000001", "many", "", "1.5", "99999999999"})
    void nonsenseAboutTheRateIsAsIfItWereNotThere(String value) {
        assertThat(RateHeaders.of(Headers.of("RateLimit-Remaining", value))).isEqualTo(RateHeaders.NONE);
    }

    @Test
    void theResetIsReadAsSeconds() {
        assertThat(RateHeaders.of(Headers.of("RateLimit-Reset", "2")).reset()).isEqualTo(Duration.ofSeconds(2));
    }
}
