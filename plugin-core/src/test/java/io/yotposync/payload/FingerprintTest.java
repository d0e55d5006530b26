package io.yotposync.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final String PINNED = "4jhorpojptxaC7XN3m0gQBW3uJ42qXA1HpLbMLkYqQQ";

    /** A ledger keeps them over releases: another way to make them would send every customer again. */
    @Test
    void isTheSameInEveryRelease() {
        assertThat(Fingerprint.of("default", "app", "1", "{\"customer\":{\"first_name\":\"Zoë\""))
                .hasToString(PINNED);
    }

    @Test
    void ofAPayloadLeavesOutWhenItWasUpdated() {
        CustomerPayload.Builder payload = CustomerPayload.builder().set(CustomerProperty.FIRST_NAME, "Zoë");
        PayloadJson.Written without = new PayloadJson().write(payload.build(), "default", "app", "1");
        PayloadJson.Written with = new PayloadJson()
                .write(
                        CustomerPayload.builder()
                                .set(CustomerProperty.FIRST_NAME, "Zoë")
                                .set(CustomerProperty.ACCOUNT_UPDATED_AT, Instant.EPOCH)
                                .build(),
                        "default",
                        "app",
                        "1");

        assertThat(without.fingerprint()).hasToString(PINNED);
        assertThat(with.fingerprint()).hasToString(PINNED);
        assertThat(with.body())
                .isEqualTo("{\"customer\":{\"first_name\":\"Zoë\",\"account_updated_at\":\"1970-01-01T00:00:00Z\"}}");
    }

    @Test
    void doesNotMixUpThoseThatAreMadeAtOnce() {
        String one = Fingerprint.of("x").value();

        assertThat(IntStream.range(0, 20_000).parallel().mapToObj(i -> {
                    Fingerprint unused = Fingerprint.of("other " + i);
                    return Fingerprint.of("x").value();
                }))
                .containsOnly(one);
    }

    @Test
    void itsBeginningTellsContentsApart() {
        Set<Long> prefixes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            prefixes.add(Fingerprint.of("content", String.valueOf(i)).prefix());
        }

        assertThat(prefixes).hasSize(10_000);
        assertThat(Fingerprint.of("a").prefix()).isEqualTo(Fingerprint.of("a").prefix());
    }

    @Test
    void tellsThatAConsentWasHeldBack() {
        Fingerprint whole = Fingerprint.of("content");

        assertThat(whole.isWithoutConsent()).isFalse();
        assertThat(whole.withoutConsent().isWithoutConsent()).isTrue();
        assertThat(whole.withoutConsent()).isNotEqualTo(Fingerprint.of("other").withoutConsent());
    }

    @Test
    void whatItIsMadeOfIsNotPrinted() {
        assertThat(new PayloadJson.Written("{\"email\":\"a@example.com\"}", Fingerprint.of("x")).toString())
                .doesNotContain("example");
    }
}
