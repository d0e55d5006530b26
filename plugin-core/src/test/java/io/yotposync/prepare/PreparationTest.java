package io.yotposync.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.AllowList;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {

    private final StoreSettings store = Samples.store("default");

    @Test
    void restsForAsLongAsTheStoreSays() {
        Desired desired = ready(Samples.full("7").build());

        assertThat(desired.notBefore())
                .isEqualTo(Samples.NOW.plus(store.sending().settle()));
        assertThat(desired.origin()).isEqualTo(Origin.LIVE);
        assertThat(desired.key()).hasToString("default/7");
    }

    @Test
    void ordersByTheHostsUpdate() {
        assertThat(ready(Samples.full("7").build()).sourceVersion())
                .isEqualTo(Instant.parse("2026-02-03T04:05:06.789Z").toEpochMilli());
    }

    @Test
    void ordersByTheSecondOfAcceptanceWhereTheHostTellsNoUpdate() {
        long second = Samples.NOW.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();

        assertThat(ready(Samples.full("7").updatedAt(null).build()).sourceVersion())
                .isEqualTo(second);
        assertThat(ready(Samples.full("7").sourceVersion(-1).build()).sourceVersion())
                .isEqualTo(second);
    }

    @Test
    void aSaveWithoutATimeIsOrderedByTheMomentAtWhichItWasSaid() {
        Instant said = Samples.NOW.minusSeconds(7);

        assertThat(ready(Samples.full("7").updatedAt(null).build().saidAt(said)).sourceVersion())
                .isEqualTo(said.truncatedTo(ChronoUnit.SECONDS).toEpochMilli());
        CustomerSnapshot timed = Samples.full("7").build();
        assertThat(timed.saidAt(said)).isSameAs(timed);
    }

    /** As of an entity whose time is set by the flush, and so is not there when its first save is told. */
    @Test
    void aTimeThatLiesALittleBeforeASaveThatHadNoneReplacesItAndIsReplacedByOne() {
        Desired first = ready(Samples.full("7").updatedAt(null).build());
        Desired told =
                ready(Samples.full("7").updatedAt(Samples.NOW.minusMillis(300)).build());

        assertThat(told.outranksUpTo()).isGreaterThanOrEqualTo(first.sourceVersion());
        assertThat(first.outranksUpTo()).isGreaterThanOrEqualTo(told.sourceVersion());
    }

    @Test
    void aDateFarAheadDoesNotLockOutAllLaterStates() {
        long anHourAhead = Samples.NOW.plus(Duration.ofHours(1)).toEpochMilli();

        assertThat(ready(Samples.full("7").sourceVersion(Long.MAX_VALUE).build())
                        .sourceVersion())
                .isEqualTo(anHourAhead);
        assertThat(ready(Samples.full("7")
                                .updatedAt(Instant.parse("9000-01-01T00:00:00Z"))
                                .build())
                        .sourceVersion())
                .isEqualTo(anHourAhead);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                NoSuchMethodError.class,
                AssertionError.class,
                StackOverflowError.class,
                Error.class
            })
    void aCustomizersFaultBecomesASkip(Class<? extends Throwable> fault) {
        CustomerPayloadCustomizer faulty = (payload, customer, key) -> sneak(fault);

        assertThat(prepare(Samples.full("7").build(), faulty)).isEqualTo(new Prepared.Skipped(SkipReason.FAILED));
    }

    @Test
    void aCheckedExceptionThatACustomizerSmugglesOutBecomesASkip() {
        CustomerPayloadCustomizer faulty = (payload, customer, key) -> sneak(java.io.IOException.class);

        assertThat(prepare(Samples.full("7").build(), faulty)).isEqualTo(new Prepared.Skipped(SkipReason.FAILED));
    }

    @Test
    void aCustomizerThatTakesAwayTheIdentifiersIsNamed() {
        CustomerPayloadCustomizer faulty = (payload, customer, key) ->
                payload.set(CustomerProperty.EXTERNAL_ID, null).set(CustomerProperty.EMAIL, "not an address");

        assertThat(prepare(Samples.full("7").build(), faulty))
                .isEqualTo(new Prepared.Skipped(SkipReason.CUSTOMIZER_BROKE_IDENTIFIER));
    }

    /** By the e-mail alone, Yotpo would take a registered customer for another. */
    @Test
    void aCustomizerWhoseExternalIdIsNoneIsNamed() {
        for (Object none : new Object[] {"", List.of("7"), Optional.of("7"), "x".repeat(256)}) {
            CustomerPayloadCustomizer faulty = (payload, customer, key) ->
                    payload.set(CustomerProperty.EXTERNAL_ID, none).set(CustomerProperty.EXTERNAL_ID, none);

            assertThat(prepare(Samples.full("7").build(), faulty))
                    .isEqualTo(new Prepared.Skipped(SkipReason.CUSTOMIZER_BROKE_IDENTIFIER));
        }
    }

    @Test
    void aGuestHasNoExternalIdThatACustomizerCouldLose() {
        assertThat(prepare(
                        Samples.full("7").registered(false).build(),
                        (payload, customer, key) -> payload.set(CustomerProperty.EXTERNAL_ID, "")))
                .isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aCustomizerMayTakeTheExternalIdAway() {
        CustomerPayloadCustomizer meant = (payload, customer, key) ->
                payload.set(CustomerProperty.EXTERNAL_ID, "").set(CustomerProperty.EXTERNAL_ID, null);

        assertThat(prepare(Samples.full("7").build(), meant)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aCustomizersUuidIsAnExternalId() {
        UUID id = UUID.fromString("3f0c8a52-5a7e-4f1c-9a55-0d9c2b1f6e01");

        assertThat(prepare(
                        Samples.full("7").build(),
                        (payload, customer, key) -> payload.set(CustomerProperty.EXTERNAL_ID, id)))
                .isInstanceOfSatisfying(
                        Prepared.Ready.class,
                        ready -> assertThat(ready.desired().payload()).contains("\"external_id\":\"" + id + "\""));
    }

    @Test
    void aCustomizerThatAddsASecondIdentifierIsNamed() {
        StoreSettings phone = store.withIdentifier(Samples.identifiers(null, Preference.EMAIL, true));
        CustomerPayloadCustomizer faulty =
                (payload, customer, key) -> payload.set(CustomerProperty.PHONE_NUMBER, "+447911123456");

        assertThat(Samples.preparation(new Stores(List.of(phone)), faulty)
                        .prepare(Samples.full("7").build(), phone, Origin.LIVE))
                .isEqualTo(new Prepared.Skipped(SkipReason.CUSTOMIZER_BROKE_IDENTIFIER));
    }

    @Test
    void everyReasonNotToIdentifyHasItsSkip() {
        StoreSettings nameless = store.withIdentifier(Samples.identifiers(null, Preference.EMAIL, false));
        Preparation preparation = Samples.preparation(new Stores(List.of(nameless)));

        assertThat(preparation.prepare(CustomerSnapshot.of("7").build(), nameless, Origin.SCAN))
                .isEqualTo(new Prepared.Skipped(SkipReason.NO_IDENTIFIER));
        assertThat(preparation.prepare(CustomerSnapshot.of("7").email("x").build(), nameless, Origin.SCAN))
                .isEqualTo(new Prepared.Skipped(SkipReason.INVALID_CONTACT));
        assertThat(preparation.prepare(
                        CustomerSnapshot.of("7").registered(false).build(), nameless, Origin.SCAN))
                .isEqualTo(new Prepared.Skipped(SkipReason.ANONYMOUS));
    }

    @Test
    void whoMayNotBeSentIsSkippedWhateverIsKnownOfThem() {
        PhoneNumbers phones = PhoneNumbers.standard();
        Preparation testersOnly = new Preparation(
                new CustomerIdentifier(phones),
                new PayloadMapper(new Stores(List.of(store)), phones, List.of()),
                AllowList.of(List.of("example.com"), List.of()),
                Clock.systemUTC());

        assertThat(testersOnly.prepare(
                        CustomerSnapshot.of("7").email("a@other.example").build(), store, Origin.LIVE))
                .isEqualTo(new Prepared.Skipped(SkipReason.NOT_ALLOWED));
        assertThat(testersOnly.prepare(
                        CustomerSnapshot.of("7").email("a@example.com").build(), store, Origin.LIVE))
                .isInstanceOf(Prepared.Ready.class);
    }

    private Desired ready(CustomerSnapshot customer) {
        return ((Prepared.Ready) prepare(customer)).desired();
    }

    private Prepared prepare(CustomerSnapshot customer, CustomerPayloadCustomizer... customizers) {
        return Samples.preparation(new Stores(List.of(store)), customizers).prepare(customer, store, Origin.LIVE);
    }

    private static void sneak(Class<? extends Throwable> fault) {
        try {
            PreparationTest.<RuntimeException>raise(
                    fault.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void raise(Throwable fault) throws T {
        throw (T) fault;
    }
}
