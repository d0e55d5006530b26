package io.yotposync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.Phone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    private static final PhoneNumbers LIB = PhoneNumbers.standard();
    private static final PhoneNumbers PLAIN = new PlainE164();

    @Test
    void theStandardIsGooglesLibrary() {
        assertThat(LIB).isInstanceOf(LibPhoneNumbers.class);
    }

    /** Defect 11 of Yotpo's own Magento module: it made {@code +144…} of it. */
    @Test
    void anInternationalNumberKeepsItsCountryWhateverTheAddressSays() {
        assertThat(LIB.e164(new Phone("+44 20 7946 0018", null), "US")).isEqualTo("+442079460018");
        assertThat(LIB.e164(new Phone("+44 20 7946 0018", "US"), "US")).isEqualTo("+442079460018");
        assertThat(LIB.e164(new Phone("+44 20 7946 0018", "1"), null)).isEqualTo("+442079460018");
    }

    @ParameterizedTest
    @CsvSource({
        "07911 123456, GB, , +447911123456",
        "07911 123456, gb, US, +447911123456",
        "07911 123456, UK, US, +447911123456",
        "07911 123456, 44, US, +447911123456",
        "07911 123456, +44, US, +447911123456",
        "447911123456, 44, , +447911123456",
        "(202) 555-0123, 1, GB, +12025550123",
        "07911 123456, , GB, +447911123456",
        "07911 123456, ' ', uk, +447911123456",
        "07911 123456, nonsense, GB, +447911123456",
        "07911 123456, 99999, GB, +447911123456",
        "+44 (0) 7911 123456, , , +447911123456",
        "020 7946 0018 ext. 5, GB, , +442079460018",
        "＋４４７９１１１２３４５６, , , +447911123456",
    })
    void readsANumberByItsOwnCountryThenByTheRegion(
            String number, @Nullable String country, @Nullable String region, String e164) {
        assertThat(LIB.e164(new Phone(number, country), region)).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "12",
                "+",
                "+44",
                "+1 000 000 0000",
                "call me",
                "+4479111234567890",
                "\uD83D\uDE00",
                "\u0000"
            })
    void whatIsNoNumberIsLeftOut(String number) {
        assertThat(LIB.e164(new Phone(number, "GB"), "GB")).isNull();
    }

    @Test
    void aNationalNumberWithoutAnyCountryIsLeftOut() {
        assertThat(LIB.e164(new Phone("07911 123456", null), null)).isNull();
        assertThat(LIB.e164(new Phone("07911 123456", null), "nowhere")).isNull();
    }

    @Test
    void withoutTheLibraryOnlyInternationalNumbersAreTaken() {
        assertThat(PLAIN.e164(new Phone("+44 (20) 7946-0018", null), null)).isEqualTo("+442079460018");
        assertThat(PLAIN.e164(new Phone("020 7946 0018", "GB"), "GB")).isNull();
        assertThat(PLAIN.e164(new Phone("+0123456789", null), null)).isNull();
        assertThat(PLAIN.e164(new Phone("+1234567890123456", null), null)).isNull();
        assertThat(PLAIN.e164(new Phone("", null), null)).isNull();
    }

    @Property(tries = 300)
    void neverThrows(
            @ForAll @StringLength(max = 60) String number,
            @ForAll @StringLength(max = 4) String country,
            @ForAll @StringLength(max = 3) String region) {
        for (PhoneNumbers phones : new PhoneNumbers[] {LIB, PLAIN}) {
            String e164 = phones.e164(new Phone(number, country), region);
            assertThat(e164 == null || e164.matches("\\+[1-9][0-9]{4,14}")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "+", " ", "(", "\uD83D\uDE00", "x"})
    void hugeInputsAreLeftOutAtOnce(String part) {
        Phone huge = new Phone(part.repeat(100_000), part.repeat(100_000));

        assertThat(LIB.e164(huge, part.repeat(100_000))).isNull();
        assertThat(PLAIN.e164(huge, null)).isNull();
    }
}
