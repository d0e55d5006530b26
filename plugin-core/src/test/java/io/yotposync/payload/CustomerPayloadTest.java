package io.yotposync.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder makes of whatever it is given. */
class CustomerPayloadTest {

    private static final String EMOJI = "\uD83D\uDE00";

    @Test
    void cutsBetweenCodePoints() {
        assertThat(name("x".repeat(254) + EMOJI)).isEqualTo("x".repeat(254));
        assertThat(name("x".repeat(253) + EMOJI + "y")).isEqualTo("x".repeat(253) + EMOJI);
        assertThat(name(EMOJI.repeat(5_000))).isEqualTo(EMOJI.repeat(127));
        assertThat(name("x".repeat(10_000))).hasSize(255);
        assertThat(name("x".repeat(254) + " y")).isEqualTo("x".repeat(254));
    }

    @ParameterizedTest
    @CsvSource({
        "'  Ada  ',Ada",
        "'A\u0000d\u0007a',Ada",
        "'A\nd\r\ta','A d  a'",
        "'\uFEFFAda\u200B',Ada",
        "'\u00A0Ada\u3000',Ada",
        "'A\u202Eda',Ada",
        "'A\uD83Dda',Ada",
        "'\uDE00Ada\uD83D',Ada",
        "'A\uFFFFda\uFDD0',Ada",
        "'A\u202A\u2066\u2069\uFDEFda',Ada",
        "'A\u2028da','A da'",
        "'A\u2029da','A da'",
        "'A\u0085da','A da'",
        "'\"A\\da\"','\"A\\da\"'",
        "\u0627\u0644,\u0627\u0644",
        "\uD83D\uDE00,\uD83D\uDE00"
    })
    void makesOneVisibleLine(String raw, String clean) {
        assertThat(name(raw)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0000",
                "\n",
                "\u00A0",
                "\u200B\u200B",
                "\uD83D",
                "\uDE00",
                "\uFEFF",
                "\u2028",
                "\u3000"
            })
    void whatShowsNothingIsLeftOut(String raw) {
        assertThat(name(raw)).isNull();
        assertThat(CustomerPayload.builder()
                        .set(CustomerProperty.FIRST_NAME, "Ada")
                        .set(CustomerProperty.FIRST_NAME, raw)
                        .build()
                        .properties())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"female,F", "W,F", "' M ',M", "MALE,M", "diverse,Other", "Other,Other", "unknown,", "'',", "1,"})
    void readsGenders(String raw, @Nullable String gender) {
        assertThat(CustomerProperty.GENDER.clean(raw)).isEqualTo(gender);
    }

    @ParameterizedTest
    @CsvSource({"ENABLED,enabled", "disabled,disabled", "invited,", "'',"})
    void readsStatuses(String raw, @Nullable String status) {
        assertThat(CustomerProperty.ACCOUNT_STATUS.clean(raw)).isEqualTo(status);
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // a host may still have it
    void momentsAreInUtcAndWithinReason() {
        CustomerProperty moment = CustomerProperty.ACCOUNT_CREATED_AT;

        assertThat(moment.clean(Instant.parse("2026-01-01T00:00:00.999Z"))).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(moment.clean("2026-01-01T00:30:00+01:00")).isEqualTo("2025-12-31T23:30:00Z");
        assertThat(moment.clean(ZonedDateTime.parse("2026-01-01T00:30:00+01:00[Europe/Berlin]")))
                .isEqualTo("2025-12-31T23:30:00Z");
        assertThat(moment.clean(Date.from(Instant.EPOCH))).isEqualTo("1970-01-01T00:00:00Z");
        for (Object none : new Object[] {
            Instant.MIN,
            Instant.MAX,
            Instant.parse("1899-12-31T23:59:59Z"),
            "yesterday",
            "",
            5,
            "2026-01-01",
            "9".repeat(10_000)
        }) {
            assertThat(moment.clean(none)).isNull();
        }
    }

    @Test
    void booleansAreNotGuessed() {
        assertThat(CustomerProperty.ACCEPTS_SMS_MARKETING.clean(true)).isEqualTo(true);
        assertThat(CustomerProperty.ACCEPTS_SMS_MARKETING.clean(" False ")).isEqualTo(false);
        for (Object none : new Object[] {"yes", 1, "", new Object()}) {
            assertThat(CustomerProperty.ACCEPTS_SMS_MARKETING.clean(none)).isNull();
        }
    }

    @Test
    void tagsAreOneStringOfDifferentOnesWithinBounds() {
        assertThat(CustomerProperty.TAGS.clean(" a ,,b,a,\u0000, c d ")).isEqualTo("a,b,c d");
        assertThat(CustomerProperty.TAGS.clean(List.of("a", "b,c", 7))).isEqualTo("a,b,c,7");
        assertThat(CustomerProperty.TAGS.clean(",".repeat(100_000))).isNull();
        assertThat((String) CustomerProperty.TAGS.clean("x".repeat(10_000))).hasSize(255);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append("tag").append(i).append(',');
        }
        assertThat((String) CustomerProperty.TAGS.clean(many))
                .hasSizeLessThanOrEqualTo(5000)
                .startsWith("tag0,tag1,")
                .matches("(tag\\d+,)*+tag\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12345", " +123456789012345 "})
    void aPhoneNumberHasFiveToFifteenDigits(String number) {
        assertThat(CustomerProperty.PHONE_NUMBER.clean(number)).isEqualTo(number.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "07911123456", "+", "+44 7911 123456", "+1234", "+1234567890123456"})
    void whatIsNotE164IsNoPhoneNumber(String number) {
        assertThat(CustomerProperty.PHONE_NUMBER.clean(number)).isNull();
        assertThat(AddressProperty.PHONE_NUMBER.clean(number)).isNull();
    }

    @Test
    void anExternalIdIsNeverCut() {
        assertThat(CustomerProperty.EXTERNAL_ID.clean("x".repeat(256))).isNull();
        assertThat(CustomerProperty.EXTERNAL_ID.clean("a\u200Bb")).isNull();
        assertThat(CustomerProperty.EXTERNAL_ID.clean(7L)).isEqualTo("7");
    }

    @ParameterizedTest
    @EnumSource(CustomerProperty.class)
    void noPropertyThrowsWhateverItIsGiven(CustomerProperty property) {
        for (Object odd : new Object[] {
            new Object(),
            Optional.of("a"),
            List.of(),
            Map.of("a", 1),
            new int[0],
            Double.NaN,
            '\u0000',
            "",
            EMOJI.repeat(10_000)
        }) {
            Object clean = property.clean(odd);
            assertThat(clean == null || clean instanceof String || clean instanceof Boolean)
                    .isTrue();
            assertThat(String.valueOf(clean)).doesNotContain("java.lang.Object@", "Optional[");
        }
        assertThat(CustomerProperty.byName(property.wireName())).isSameAs(property);
    }

    @ParameterizedTest
    @CsvSource({"NY,NY", "us-ny,NY", "' ca ',CA", "GB-LND,", "13,", "JP-13,", "N,", "'',"})
    void provincesHaveTwoLetters(String raw, @Nullable String code) {
        assertThat(AddressProperty.PROVINCE_CODE.clean(raw)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(AddressProperty.class)
    void anAddressIsOnlyThereWithItsCountry(AddressProperty property) {
        CustomerPayload.Builder builder = CustomerPayload.builder().address(property, "GB");

        assertThat(builder.build().address().isEmpty()).isEqualTo(property != AddressProperty.COUNTRY_CODE);
    }

    @ParameterizedTest
    @EnumSource(
            value = AddressProperty.class,
            names = {"ADDRESS1", "ADDRESS2", "CITY", "COMPANY", "STATE", "ZIP"})
    void partsOfAnAddressAreCut(AddressProperty property) {
        boolean isShort = property == AddressProperty.STATE || property == AddressProperty.ZIP;

        assertThat(property.clean("x".repeat(10_000))).hasSize(isShort ? 64 : 255);
        assertThat(property.clean(null)).isNull();
    }

    @Test
    void customPropertiesArePrimitive() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("text", " a\u0000 ");
        given.put("long", 7_000_000_000L);
        given.put("int", 7);
        given.put("short", (short) 7);
        given.put("byte", (byte) 7);
        given.put("double", 1.5);
        given.put("float", 0.5f);
        given.put("yes", true);
        given.put("moment", Instant.parse("2026-01-01T00:00:00Z"));
        given.put("nan", Double.NaN);
        given.put("endless", Float.POSITIVE_INFINITY);
        given.put("none", null);
        given.put("empty", "");
        given.put("decimal", new BigDecimal("12.50"));
        given.put("large", new BigInteger("12345678901234567890"));
        given.put("huge", new BigDecimal("1E+1000000000"));
        given.put("tiny", new BigDecimal("1E-1000000000"));
        given.put("immense", new BigDecimal("1E+2147483647"));
        given.put("third", new BigDecimal("0." + "3".repeat(40)));
        given.put("scaled", new BigDecimal("12.5").setScale(38));
        given.put("tenth", 0.1f);
        given.put("day", LocalDate.parse("2026-01-01"));
        given.put("birthday", java.sql.Date.valueOf("1990-01-02"));
        given.put("zoned", OffsetDateTime.parse("2026-01-01T01:00:00+01:00"));
        given.put("list", List.of("a"));
        CustomerPayload.Builder builder = CustomerPayload.builder().set(CustomerProperty.EXTERNAL_ID, 7);
        given.forEach(builder::custom);

        assertThat(body(builder.build()))
                .isEqualTo(
                        "{\"customer\":{\"external_id\":\"7\",\"custom_properties\":{\"birthday\":\"1990-01-02\","
                                + "\"byte\":7,\"day\":\"2026-01-01\","
                                + "\"decimal\":12.5,\"double\":1.5,\"float\":0.5,\"int\":7,\"large\":12345678901234567890,"
                                + "\"long\":7000000000,\"moment\":\"2026-01-01T00:00:00Z\",\"scaled\":12.5,\"short\":7,\"tenth\":0.1,"
                                + "\"text\":\"a\",\"third\":0.333333333333333333333333333333,\"yes\":true,\"zoned\":\"2026-01-01T00:00:00Z\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "loyalty level,loyalty_level",
        "a.b-c,a_b_c",
        "' key ',key",
        "\u00E4\uD83D\uDE00b,_b",
        "gr\u00F6\u00DFe,gr_e"
    })
    void keysAreOfLettersDigitsAndUnderscores(String raw, String key) {
        assertThat(CustomerPayload.builder().custom(raw, 1).build().custom()).containsOnlyKeys(key);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "_", "!?", "\uD83D\uDE00", "\u0000"})
    void aKeyOfNothingIsNone(String raw) {
        assertThat(CustomerPayload.builder().custom(raw, 1).build().custom()).isEmpty();
    }

    @Test
    void aValueThatCannotBeKeptTakesTheFormerAway() {
        assertThat(CustomerPayload.builder()
                        .custom("a b", 1)
                        .custom("a_b", List.of())
                        .build()
                        .custom())
                .isEmpty();
        assertThat(CustomerPayload.builder()
                        .address(AddressProperty.COUNTRY_CODE, "GB")
                        .address(AddressProperty.COUNTRY_CODE, "Atlantis")
                        .build()
                        .address())
                .isEmpty();
    }

    @Test
    void whatWasBuiltStaysAsItIsWhoeverGoesOn() {
        List<UnaryOperator<CustomerPayload.Builder>> more = List.of(
                builder -> builder.set(CustomerProperty.EXTERNAL_ID, "8"),
                builder -> builder.address(AddressProperty.CITY, "Berlin"),
                CustomerPayload.Builder::withoutAddress,
                builder -> builder.custom("other", 2),
                CustomerPayload.Builder::withoutCustom);
        for (UnaryOperator<CustomerPayload.Builder> next : more) {
            CustomerPayload.Builder builder = CustomerPayload.builder()
                    .set(CustomerProperty.EXTERNAL_ID, "7")
                    .address(AddressProperty.COUNTRY_CODE, "DE")
                    .custom("key", 1);
            CustomerPayload built = builder.build();
            String before = body(built);

            assertThat(body(next.apply(builder).build())).isNotEqualTo(before);
            assertThat(body(built)).isEqualTo(before);
        }
        CustomerPayload.Builder builder = CustomerPayload.builder().custom("key", 1);
        builder.build();
        assertThat(builder.custom("other", 2).build().custom()).isEqualTo(Map.of("key", 1, "other", 2));
    }

    @Test
    void knowsWhetherItIdentifies() {
        assertThat(CustomerPayload.builder().build().isIdentified()).isFalse();
        assertThat(with(null, "a@example.com", null)).isTrue();
        assertThat(with(null, null, "+447911123456")).isTrue();
        assertThat(with(null, "a@example.com", "+447911123456")).isFalse();
        assertThat(with("7", "a@example.com", "+447911123456")).isTrue();
        assertThat(with("7", null, null)).isTrue();
    }

    @Test
    void fingerprintsTellPartsApart() {
        assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
        assertThat(Fingerprint.of("a")).isNotEqualTo(Fingerprint.of("a", ""));
        assertThat(Fingerprint.of("a").value()).hasSize(43);
    }

    private static boolean with(@Nullable String id, @Nullable String email, @Nullable String phone) {
        return CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, id)
                .set(CustomerProperty.EMAIL, email)
                .set(CustomerProperty.PHONE_NUMBER, phone)
                .build()
                .isIdentified();
    }

    private static String body(CustomerPayload payload) {
        return new PayloadJson().write(payload).body();
    }

    private static @Nullable String name(String raw) {
        return (String)
                CustomerPayload.builder().set(CustomerProperty.FIRST_NAME, raw).get(CustomerProperty.FIRST_NAME);
    }
}
