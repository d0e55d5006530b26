package io.yotposync.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerSnapshotTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000", "\uD83D", "\u0085"})
    void refusesAnIdThatIsNoKey(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustomerSnapshot.of(id).build())
                .withMessageStartingWith("id ");
    }

    @Test
    void boundsTheId() {
        String longest = "x".repeat(CustomerSnapshot.MAX_ID_LENGTH);

        assertThat(CustomerSnapshot.of(longest).build().id()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustomerSnapshot.of(longest + "x").build());
    }

    @Test
    void unknownIsTheDefault() {
        CustomerSnapshot snapshot = CustomerSnapshot.of("7").build();

        assertThat(snapshot.registered()).isTrue();
        assertThat(snapshot.emailMarketing()).isEqualTo(Consent.UNKNOWN);
        assertThat(snapshot.smsMarketing()).isEqualTo(Consent.UNKNOWN);
        assertThat(snapshot.sites()).isEmpty();
        assertThat(snapshot.sourceVersion()).isZero();
    }

    @Test
    void leavesOutSitesAndValuesThatAreNone() {
        CustomerSnapshot snapshot = CustomerSnapshot.of("7")
                .site(null)
                .site(" ")
                .attribute("a", null)
                .attribute(null, "v")
                .property("p", null)
                .property(null, "v")
                .emailMarketing(null)
                .smsMarketing(null)
                .with(more -> more.partial(true))
                .build();

        assertThat(snapshot.sites()).isEmpty();
        assertThat(snapshot.attributes()).isEmpty();
        assertThat(snapshot.properties()).isEmpty();
        assertThat(snapshot.partial()).isTrue();
        assertThat(snapshot.emailMarketing()).isEqualTo(Consent.UNKNOWN);
        assertThat(snapshot.smsMarketing()).isEqualTo(Consent.UNKNOWN);
    }

    @Test
    @SuppressWarnings("NullAway") // as a host's code without such checks may
    void aPhoneWithoutANumberIsNone() {
        Phone none = new Phone(null, "GB");
        CustomerSnapshot snapshot = CustomerSnapshot.of("7")
                .phone(none)
                .address(new Address("1 High Street", null, null, null, null, null, null, "GB", none))
                .build();

        assertThat(snapshot.phone()).isNull();
        assertThat(snapshot.address())
                .isEqualTo(new Address("1 High Street", null, null, null, null, null, null, "GB", null));
    }

    @Test
    void blanksAroundAnIdOrASiteAreNoneOfIt() {
        CustomerSnapshot snapshot = CustomerSnapshot.of(" 42 ").site("eu ").build();

        assertThat(snapshot.id()).isEqualTo("42");
        assertThat(snapshot.sites()).containsExactly("eu");
    }

    @Test
    void theLastUpdateOrdersStates() {
        Instant moment = Instant.parse("2026-03-01T10:00:00.123Z");

        assertThat(CustomerSnapshot.of("7").updatedAt(moment).build().sourceVersion())
                .isEqualTo(moment.toEpochMilli());
        assertThat(CustomerSnapshot.of("7")
                        .updatedAt(moment)
                        .sourceVersion(5)
                        .build()
                        .sourceVersion())
                .isEqualTo(5);
    }

    @Test
    void aMomentThatNoClockShowsOrdersNothing() {
        for (Instant moment : new Instant[] {Instant.MIN, Instant.MAX, Instant.EPOCH}) {
            assertThat(CustomerSnapshot.of("7").updatedAt(moment).build().sourceVersion())
                    .isZero();
        }
    }

    @Test
    void aWholeSecondOutranksItsMilliseconds() {
        assertThat(SourceVersions.outranksUpTo(5000)).isEqualTo(5999);
        assertThat(SourceVersions.outranksUpTo(5001)).isEqualTo(5001);
    }

    @Test
    void whatWasReadWithoutATimeIsBelowAnySaveSince() {
        Instant read = Instant.ofEpochMilli(5_700);

        assertThat(SourceVersions.outranksUpTo(SourceVersions.read(read)))
                .isEqualTo(4_999)
                .isLessThan(CustomerSnapshot.of("7").build().saidAt(read).sourceVersion());
    }

    @Test
    void aVersionIsNeverFarAheadOfTheClock() {
        Instant now = Instant.ofEpochMilli(1_000_000);

        assertThat(SourceVersions.orderable(0, now)).isEqualTo(1_000_000);
        assertThat(SourceVersions.orderable(-5, now)).isEqualTo(1_000_000);
        assertThat(SourceVersions.orderable(999_999, now)).isEqualTo(999_999);
        assertThat(SourceVersions.orderable(Long.MAX_VALUE, now))
                .isEqualTo(now.plus(Duration.ofHours(1)).toEpochMilli());
    }

    /** A host that tells times hours ahead has all versions cut back, by each node's own clock. */
    @Test
    void aVersionThatWasCutBackByAnotherNodesClockCounts() {
        Instant now = Instant.ofEpochMilli(1_000_000);
        long elsewhere = SourceVersions.orderable(Long.MAX_VALUE, now.plusSeconds(300));

        assertThat(SourceVersions.isAhead(elsewhere, now)).isFalse();
        assertThat(SourceVersions.isAhead(elsewhere + 1, now)).isTrue();
    }

    /** A customizer that goes through them must make the same of them on every node and after every restart. */
    @Test
    void attributesAndPropertiesAreInTheOrderOfTheirNames() {
        CustomerSnapshot.Builder customer = CustomerSnapshot.of("1");
        for (String name : List.of("m", "z", "a", "k", "b", "y")) {
            customer.attribute(name, name).property(name, name);
        }

        CustomerSnapshot snapshot = customer.build();

        assertThat(snapshot.attributes().keySet()).containsExactly("a", "b", "k", "m", "y", "z");
        assertThat(snapshot.properties().keySet()).containsExactly("a", "b", "k", "m", "y", "z");
        assertThat(snapshot.attributes()).isUnmodifiable();
    }

    @ParameterizedTest
    @CsvSource({
        "true,GRANTED",
        "TRUE,GRANTED",
        "false,DENIED",
        "False,DENIED",
        "' false ',DENIED",
        "yes,UNKNOWN",
        "'',UNKNOWN",
        ",UNKNOWN"
    })
    void readsConsentWithoutGuessing(String text, Consent consent) {
        assertThat(Consent.parse(text)).isEqualTo(consent);
    }

    @Test
    void aChoiceThatWasNeverMadeIsUnknown() {
        assertThat(Consent.of(null)).isEqualTo(Consent.UNKNOWN);
        assertThat(Consent.of(true)).isEqualTo(Consent.GRANTED);
        assertThat(Consent.of(false)).isEqualTo(Consent.DENIED);
    }
}
