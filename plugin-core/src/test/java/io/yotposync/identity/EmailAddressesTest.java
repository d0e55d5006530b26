package io.yotposync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com",
                "a.b+c@example.co.uk",
                "o'a@example.com",
                "ä@exämple.com",
                "a@1-2.example",
                "_a_@example.com",
                "A@EXAMPLE.COM"
            })
    void takesWhatAShopperMayHave(String address) {
        assertThat(EmailAddresses.plausible(address)).isEqualTo(address);
        assertThat(EmailAddresses.plausible(" " + address + "\t")).isEqualTo(address);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "@",
                "a@",
                "@example.com",
                "a",
                "a@b",
                "a@@example.com",
                "a@b@example.com",
                "a b@example.com",
                "a@exam ple.com",
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                "a@.example.com",
                "a@example..com",
                "a@example.com.",
                "a@-example.com",
                "a@example-.com",
                "a@example_x.com",
                "a,b@example.com",
                "<a@example.com>",
                "a@example.com, b@example.com",
                "a\u0000@example.com",
                "a@example.com\r\nBcc: b@example.com",
                "\uD83D\uDE00@example.com",
                "\uFEFFa@example.com"
            })
    void leavesOutWhatIsNone(String address) {
        assertThat(EmailAddresses.plausible(address)).isNull();
    }

    @Test
    void keepsToTheLengthsOfTheStandard() {
        assertThat(EmailAddresses.plausible("a".repeat(64) + "@example.com")).isNotNull();
        assertThat(EmailAddresses.plausible("a".repeat(65) + "@example.com")).isNull();
        assertThat(EmailAddresses.plausible("a@" + "b".repeat(64) + ".com")).isNull();
        assertThat(EmailAddresses.plausible("a@" + "b.".repeat(130) + "com")).isNull();
        assertThat(EmailAddresses.plausible("@".repeat(100_000))).isNull();
    }

    @Property(tries = 300)
    void neverThrows(@ForAll String text) {
        String address = EmailAddresses.plausible(text);
        assertThat(address == null || address.indexOf('@') > 0).isTrue();
        assertThat(EmailAddresses.plausible(text + "@" + text))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        some -> assertThat(some).contains("@"));
    }
}
