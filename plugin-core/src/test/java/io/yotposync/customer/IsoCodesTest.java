package io.yotposync.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoCodesTest {

    @ParameterizedTest
    @CsvSource({"en,en", "en_US,en", "zh-Hant-TW,zh", "' De ',de", "iw,he", "in_ID,id", "EN-gb,en"})
    void readsTheLanguageOfALocale(String raw, String code) {
        assertThat(IsoCodes.language(raw)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"eur,EUR", "' USD ',USD", "JPY,JPY"})
    void readsCurrencies(String raw, String code) {
        assertThat(IsoCodes.currency(raw)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"us,US", "' GB ',GB", "uk,GB", "UK,GB"})
    void readsCountries(String raw, String code) {
        assertThat(IsoCodes.country(raw)).isEqualTo(code);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {" ", "english", "zz", "xx_US", "123", "_", "\uD83D\uDE00", "e", "EURO", "XXX", "XTS", "USA"})
    void anythingElseIsNoCode(String raw) {
        assertThat(IsoCodes.language(raw)).isNull();
        assertThat(IsoCodes.currency(raw)).isNull();
        assertThat(IsoCodes.country(raw)).isNull();
    }

    @Test
    void hugeTextsAreNoCodes() {
        String huge = "\uD83D\uDE00x".repeat(10_000);

        assertThat(IsoCodes.language(huge)).isNull();
        assertThat(IsoCodes.currency(huge)).isNull();
        assertThat(IsoCodes.country(huge)).isNull();
    }
}
