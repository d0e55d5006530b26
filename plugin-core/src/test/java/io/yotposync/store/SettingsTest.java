package io.yotposync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.Samples;
import io.yotposync.store.IdentifierSettings.Preference;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that cannot be worked with is refused with its setting's name. */
class SettingsTest {

    private static final SendingSettings CORE = SendingSettings.DEFAULTS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://api.example.com",
                "http://api.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "https:///core",
                "api.example.com",
                "https://user:pass@api.example.com",
                "https://api.example.com?a=b",
                "https://api.example.com#a"
            })
    void refusesABaseUrlThatIsNotPlainHttps(String url) {
        refuses("base-url", () -> baseUrl(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.yotpo.com",
                "HTTPS://api.example.com/path",
                "http://localhost:8080",
                "http://127.0.0.1:1",
                "http://[::1]:1"
            })
    void takesHttpsAndLoopback(String url) {
        assertThat(baseUrl(url).baseUrl()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 10_001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesARateThatIsNone(double rate) {
        refuses("rate-limit", () -> sending(rate, 5, CORE.requestTimeout(), CORE.lease()));
    }

    @Test
    void refusesNumbersAndDurationsOutOfRange() {
        refuses("max-in-flight", () -> sending(5, 0, CORE.requestTimeout(), CORE.lease()));
        refuses("max-in-flight", () -> sending(5, 1001, CORE.requestTimeout(), CORE.lease()));
        refuses("request-timeout", () -> sending(5, 5, Duration.ZERO, CORE.lease()));
        refuses("request-timeout", () -> sending(5, 5, Duration.ofMinutes(20).plusMillis(1), Duration.ofHours(1)));
        refuses("request-timeout", () -> sending(5, 5, ChronoUnit.FOREVER.getDuration(), CORE.lease()));
        refuses("lease", () -> sending(5, 5, Duration.ofSeconds(10), Duration.ofSeconds(29)));
        refuses("connect-timeout", () -> delays(Duration.ZERO, Duration.ZERO, CORE.retryDelay(), CORE.maxRetryDelay()));
        Duration second = Duration.ofSeconds(1);
        refuses("settle", () -> delays(second, Duration.ofMillis(-1), second, second));
        Duration tooLong = Duration.ofHours(1).plusMillis(1);
        refuses("settle", () -> delays(second, tooLong, second, second));
        refuses("lease", () -> sending(5, 5, Duration.ofSeconds(10), tooLong));
        refuses("retry-delay", () -> delays(second, second, Duration.ZERO, second));
        refuses("max-retry-delay", () -> delays(second, second, second, Duration.ZERO));
        refuses("max-retry-delay", () -> delays(second, second, second, Duration.ofMillis(999)));
    }

    @Test
    void takesWhatIsJustWithinItsBounds() {
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);

        assertThatCode(() -> {
                    sending(10_000, 1000, Duration.ofMinutes(20), hour);
                    sending(0.05, 1, Duration.ofSeconds(20), Duration.ofSeconds(60));
                    sending(0, 1, second, second.multipliedBy(3));
                    delays(second, Duration.ZERO, second, second);
                    delays(second, hour, second, second);
                    Samples.version("x".repeat(64));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void refusesCredentialsWithoutQuotingThem() {
        refuses("app-key", () -> new Credentials(" ", "canary"));
        refuses("app-key", () -> new Credentials("canary/../x", "canary"));
        refuses("app-key", () -> new Credentials("canary key", "canary"));
        refuses("secret", () -> new Credentials("key", "  "));
        refuses("secret", () -> new Credentials("key", "canary\n"));
    }

    @Test
    void showsTheBeginningOfALongAppKeyOnly() {
        assertThat(new Credentials("abcdefghijkl", "s")).hasToString("Credentials[appKey=abcd***, secret=PRESENT]");
        assertThat(new Credentials("abcdefgh", "s")).hasToString("Credentials[appKey=***, secret=PRESENT]");
    }

    @Test
    void refusesCodesThatAreNone() {
        refuses("default-currency", () -> Samples.codes("EURO", null, null));
        refuses("default-language", () -> Samples.codes(null, "english", null));
        refuses("default-region", () -> Samples.codes(null, null, "Germany"));
    }

    @Test
    void aValueThatIsMadeLikeASecretIsNotRepeated() {
        String secret = "canary0123456789";

        assertThat(InvalidSettingException.quoted("euros")).isEqualTo("'euros'");
        assertThat(InvalidSettingException.quoted("accepts_email_marketting")).contains("marketting");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> IdentifierSettings.path("identifier.external-id", secret + "-"))
                .withMessageContaining("identifier.external-id is not a bean property path: '***'")
                .withMessageNotContaining("canary");
    }

    @Test
    void bringsCodesIntoTheirForm() {
        MappingSettings codes = Samples.codes(" eur ", "de_AT", "uk");

        assertThat(codes.defaultCurrency()).isEqualTo("EUR");
        assertThat(codes.defaultLanguage()).isEqualTo("de");
        assertThat(codes.defaultRegion()).isEqualTo("GB");
        assertThat(Samples.codes("", " ", "").defaultRegion()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "a.", "a b", "1a", "a()", "a[0]", "é"})
    void refusesWhatIsNoPath(String path) {
        refuses("identifier.external-id", () -> Samples.identifiers(path, Preference.EMAIL, false));
        refuses("consent.email", () -> Samples.consents(path, null));
        refuses("consent.sms", () -> Samples.consents(null, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "unencodedPassword",
                "challengeQuestion.question",
                "challengeAnswer",
                "unencodedChallengeAnswer",
                "customerPayments",
                "class.name",
                "hibernateLazyInitializer.implementation.password"
            })
    void refusesAPathOverWhatMustNeverLeaveTheShop(String path) {
        refuses("identifier.external-id", () -> Samples.identifiers(path, Preference.EMAIL, false));
        refuses("consent.email", () -> Samples.consents(path, null));
        refuses("consent.sms", () -> Samples.consents(null, path));
    }

    @Test
    void anEmptyPathIsNone() {
        assertThat(Samples.identifiers(" ", Preference.EMAIL, false).externalId())
                .isNull();
        assertThat(Samples.identifiers(" a.b_c ", Preference.EMAIL, false).externalId())
                .isEqualTo("a.b_c");
        assertThat(Samples.consents("", "").paths()).isEmpty();
    }

    @Test
    void refusesAnEmptySite() {
        refuses("site", () -> Samples.store("eu").withSite(" "));
    }

    @Test
    void settingsAreNoWindowOnTheHostsMaps() {
        Map<String, String> attributes = new java.util.HashMap<>(Map.of("a", "tags"));
        MappingSettings mapping = Samples.attributes(attributes, false);
        attributes.clear();

        assertThat(mapping.attributes()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "é", "a\n"})
    void refusesAStoreKeyThatLogsCouldNotShow(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreKey(key));
    }

    @Test
    void storeKeysAreBoundedAndSorted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreKey("x".repeat(65)));
        assertThat(new StoreKey("a")).isLessThan(new StoreKey("b"));
    }

    /** Rows are locked in this order. */
    @Test
    void customersAreSortedByStoreAndThenById() {
        assertThat(new CustomerKey(new StoreKey("a"), "2")).isLessThan(new CustomerKey(new StoreKey("b"), "1"));
        assertThat(new CustomerKey(new StoreKey("a"), "1")).isLessThan(new CustomerKey(new StoreKey("a"), "2"));
    }

    @Test
    void anExceptionKeepsItsPartsUnderALongerName() {
        InvalidSettingException wrong = new InvalidSettingException("a", "is wrong", "Mend it.").under("x.y");

        assertThat(wrong).hasMessage("x.y.a is wrong. Mend it.");
        assertThat(wrong.setting()).isEqualTo("x.y.a");
        assertThat(wrong.problem()).isEqualTo("is wrong");
        assertThat(wrong.fix()).isEqualTo("Mend it.");
    }

    private static void refuses(String setting, ThrowingCallable making) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(making)
                .withMessageNotContaining("canary")
                .satisfies(wrong -> assertThat(wrong.setting()).isEqualTo(setting))
                .satisfies(wrong -> assertThat(wrong.fix()).isNotBlank());
    }

    private static SendingSettings baseUrl(String url) {
        return new SendingSettings(
                URI.create(url),
                5,
                5,
                CORE.connectTimeout(),
                CORE.requestTimeout(),
                CORE.settle(),
                CORE.retryDelay(),
                CORE.maxRetryDelay(),
                CORE.lease());
    }

    private static SendingSettings sending(double rate, int inFlight, Duration request, Duration lease) {
        return new SendingSettings(
                CORE.baseUrl(),
                rate,
                inFlight,
                CORE.connectTimeout(),
                request,
                CORE.settle(),
                CORE.retryDelay(),
                CORE.maxRetryDelay(),
                lease);
    }

    private static SendingSettings delays(Duration connect, Duration settle, Duration retry, Duration maxRetry) {
        return new SendingSettings(
                CORE.baseUrl(), 5, 5, connect, CORE.requestTimeout(), settle, retry, maxRetry, CORE.lease());
    }
}
