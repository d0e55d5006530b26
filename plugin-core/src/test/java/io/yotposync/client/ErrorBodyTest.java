package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

    private static final Sent SENT = new Sent("""
            {"customer":{"external_id":"4711","first_name":"Zoe","last_name":"Li","email":"zoe@canary.example",
            "gender":"F","default_language":"en","address":{"city":"Ulm","zip":"89073","country_code":"DE"}}}""", "tok-1");

    private static ErrorBody parse(String body) {
        return ErrorBody.parse(body, SENT);
    }

    private static String saying(String message) {
        return "{\"errors\":[{\"message\":\"" + message + "\"}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errors\":[{\"message\":\"gender is unknown\"}]}", "{\"errors\":[\"gender is unknown\"]}",
                "{\"errors\":\"gender is unknown\"}", "{\"error\":\"gender is unknown\"}",
                "{\"error\":{\"message\":\"gender is unknown\"}}", "{\"message\":\"gender is unknown\"}",
                "{\"detail\":\"gender is unknown\"}", "{\"description\":\"gender is unknown\"}",
                "{\"errors\":{\"gender\":[\"is unknown\"]}}", "{\"errors\":{\"gender\":\"is unknown\"}}",
                "[{\"message\":\"gender is unknown\"}]", "[\"gender is unknown\"]"
            })
    void theMessageIsFoundWhereverItStands(String body) {
        assertThat(parse(body)).isEqualTo(new ErrorBody("gender is unknown", "gender"));
    }

    /** Which would make a line read otherwise than it is, or part a value so that it is not found. */
    @Test
    void whatShowsNothingIsTakenOut() {
        String body = saying("\u202Eemail\u2069 z\u00ADoe@canary.example\u2028is\u0085bad");
        assertThat(parse(body).message()).isEqualTo("email *** is bad");
        assertThat(ErrorBody.parse(saying("Z\u200Doe is bad"), new Sent("{\"first_name\":\"Zo\u200Be\"}", ""))
                        .message())
                .isEqualTo("*** is bad");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"errors":[{"field":"gender","message":"is not valid"}]}                  | gender is not valid | gender
            {"errors":[{"field":"gender","message":"gender is bad"}]}                 | gender is bad       | gender
            {"errors":[{"param":"gender","message":"is bad"}]}                        | gender is bad       | gender
            {"errors":[{"attribute":"first_name","detail":"is bad"}]}                 | first_name is bad   | first_name
            {"errors":[{"path":"customer.gender","message":"is bad"}]}                | customer.gender is bad | gender
            {"path":"/stores/1/customers","message":"tags are bad"}                   | tags are bad        | tags
            {"errors":[{"source":{"pointer":"/customer/gender"},"detail":"is bad"}]}  | /customer/gender is bad | gender
            {"errors":[{"source":{"pointer":"/customer/address/phone_number"},"detail":"is bad"}]} \
                                       | /customer/address/phone_number is bad | address.phone_number
            {"errors":{"customer":{"gender":["is bad"]}}}                             | customer.gender is bad | gender
            {"errors":{"customer.gender":["is bad"]}}                                 | customer.gender is bad | gender
            {"errors":{"address":{"zip":["is bad"]}}}                                 | address.zip is bad  | address.zip
            {"errors":{"customer":{"address":{"zip":["is bad"]}}}}           | customer.address.zip is bad | address.zip
            {"errors":{"gender":[{"message":"is bad"}]}}                              | gender is bad       | gender
            {"errors":[{"field":"zip","message":"is not of country_code"}]}           | zip is not of country_code |
            {"errors":["First name is too long"]}                             | First name is too long | first_name
            {"errors":["Address zip is too long"]}                            | Address zip is too long | address.zip
            {"errors":["First name and last name are too long"]}              | First name and last name are too long |
            """)
    void theFieldIsFoundWhereverItIsNamed(String body, String message, @Nullable String field) {
        assertThat(parse(body)).isEqualTo(new ErrorBody(message, field));
    }

    /** Redaction knows only what was sent, word for word. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"errors":[{"message":"email is taken","customer":{"first_name":"Zoe","tags":["Meyer"]}}]}   | email is taken
            {"errors":[{"message":"email is taken","customer":{"first_name":["Zoe"]}}]}                  | email is taken
            {"error":{"customer":{"first_name":"Zoe","address":{"city":"Leeds"},"tags":["Meyer"]}}}      | ``
            [{"customer":{"first_name":"Zoe","custom_properties":{"city":["Leeds"]}}}]                   | ``
            {"message":"address not found","address":{"address1":"5 Oak Road","city":"Leeds"}}           | address not found
            """)
    void anEchoOfAnotherCustomerIsNoReasonWhereverItStands(String body, String message) {
        assertThat(parse(body).message()).isEqualTo(message);
    }

    @Test
    void aHostileAnswerIsNotFollowedIntoItsDepth() {
        String deep =
                "{\"custom_properties\":".repeat(900) + "[" + "\"a\",".repeat(100_000) + "\"a\"]" + "}".repeat(900);

        assertThat(parse(deep).message()).isEmpty();
    }

    @Test
    void whatIsTooLongForAPathNamesNoField() {
        String named = "{\"message\":\"is bad\",\"field\":\"gender" + " and so on".repeat(20_000) + "\"}";

        assertThat(parse(named)).isEqualTo(new ErrorBody("is bad", null));
    }

    @Test
    void anEchoOfTheCustomerIsNoReason() {
        assertThat(parse("{\"customer\":{\"last_name\":\"Another\"},\"error\":\"gender is bad\"}"))
                .isEqualTo(new ErrorBody("gender is bad", "gender"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "\"text\"",
                "{}",
                "[]",
                "{\"errors\":[]}",
                "{\"errors\":[7,null]}",
                "{\"errors\":{\"gender\":7}}",
                "<html>gender</html>",
                "{\"errors\":[{\"message\":\"gender",
                "\u0000\uFFFD"
            })
    void nonsenseSaysNothing(String body) {
        assertThat(parse(body)).isEqualTo(new ErrorBody("", null));
    }

    @Test
    void severalMessagesAreJoinedUpToThree() {
        assertThat(parse("{\"errors\":[\"a\",\"b\",\"c\",\"d\"]}").message()).isEqualTo("a; b; c");
    }

    @ParameterizedTest
    @CsvSource({
        "first_name is too long, first_name",
        "FIRST_NAME is too long, first_name",
        "'customer.first_name: too long', first_name",
        "first_name and last_name are too long,",
        "first_name is too long (first_name), first_name",
        "firstname is too long,",
        "my_first_name is too long,",
        "first_names are too long,",
        "something is wrong,",
        "address.zip is too long, address.zip",
        "address[zip] is too long, address.zip",
        "zip is too long, address.zip",
        "country_code is unknown, address.country_code",
        "'address is invalid: address.phone_number must be E.164', address.phone_number",
        "phone_number must be E.164, phone_number",
        "address is invalid, address",
        "address.zip and address.city are too long,",
        "custom_properties are deprecated, custom_properties",
        "email is taken, email",
        "email and first_name are wrong,"
    })
    void theOneFieldThatIsNamedIsFound(String message, @Nullable String field) {
        assertThat(parse(saying(message)).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "'Zoe is no first_name', '*** is no first_name'",
        "'zoe@canary.example is taken', '*** is taken'",
        "'ZOE@CANARY.EXAMPLE is taken', '*** is taken'",
        "'someone.else@canary.example is taken', '*** is taken'",
        "'Li is too short, like it', '*** is too short, like it'",
        "'call +49 (731) 161-0', 'call ***'",
        "'born 1980-01-02', 'born ***'",
        "'tok-1 has expired', '*** has expired'",
        "'key abcdefghijklmnopqrstuvwx is bad', 'key *** is bad'",
        "'customer 4711 is a duplicate', 'customer *** is a duplicate'",
        "'in 89073 Ulm', 'in *** ***'",
        "'F is not one of F, M', 'F is not one of F, M'",
        "'''first_name'' is not `Max`', '''first_name'' is not ***'",
        "'it can''t be the customer''s', 'it can''t be the customer''s'",
        "'a\\u0007b\\n  c', 'a b c'"
    })
    void whatWasSentOrLooksPersonalIsHidden(String message, String shown) {
        assertThat(parse(saying(message)).message()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "Ali, gender is invalid",
        "Ema, email is taken",
        "Ann, first_name cannot be blank",
        "\u0410\u043d\u044f, \u043d\u0435 \u043f\u043e\u043d\u044f\u0442\u043d\u043e \u0431\u0430\u043d\u044f"
    })
    void aShortNameIsNotHiddenWithinAnotherWordWhereTheGapWouldTellIt(String name, String said) {
        assertThat(Redaction.of(said, firstName(name))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "Ann, ANN is taken, *** is taken",
        "Ann, 'first_name=Ann, bad', 'first_name=***, bad'",
        "Ann, by ann@shop.example, by ***",
        "Ann, see name=Zoe%2CAnn, see name=Zoe%2C***",
        "Ann, a\\nAnn is taken, a\\n*** is taken",
        "Ann, \\u003cAnn\\u003e, \\u003c***\\u003e",
        "Ann, ann_smith or ann1985, ***_smith or ***1985",
        "Ann, \u5ba2\u6237Ann\u5df2, \u5ba2\u6237***\u5df2",
        "\u738b\u4f1f, \u5ba2\u6237\u738b\u4f1f\u5df2, \u5ba2\u6237***\u5df2",
        "\uae40\ubbfc\uc218, \uae40\ubbfc\uc218\ub294, ***\ub294",
        "Kowalczyk, user janKowalczyk, user jan***"
    })
    void aNameIsHiddenWhereverItMayBeMeant(String name, String said, String shown) {
        assertThat(Redaction.of(said, firstName(name))).isEqualTo(shown);
    }

    /** Where a short name is left alone within another word. */
    @ParameterizedTest
    @ValueSource(strings = {"annlee is taken", "LeeAnn is taken"})
    void aUserNameMadeOfBothNamesIsHidden(String said) {
        assertThat(Redaction.of(said, new Sent("{\"first_name\":\"Ann\",\"last_name\":\"Lee\"}", "")))
                .isEqualTo("*** is taken");
    }

    @Test
    void aValueThatBeginsWithAnotherLeavesNoRest() {
        assertThat(Redaction.of("in Annaberg", new Sent("{\"first_name\":\"Anna\",\"city\":\"Annaberg\"}", "")))
                .isEqualTo("in ***");
    }

    @Test
    void whatShowsNothingHidesNoValueInAUrl() {
        assertThat(Redaction.of("see ?name=Zo%E2%80%8Bey", firstName("Zo\u200bey")))
                .isEqualTo("see ?name=***");
    }

    private static Sent firstName(String name) {
        return new Sent("{\"first_name\":\"" + name + "\"}", "");
    }

    @ParameterizedTest
    @CsvSource({
        "customer.accepts_email_marketing must be true or false",
        "bad: customer.accepts_email_marketing.",
        "`customer.gender` is bad",
        "\"customer.address.country_code\" is bad",
    })
    void pathsOfKnownFieldsAreShown(String said) {
        assertThat(Redaction.of(said, SENT)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer.accepts_email_marketing.xyz",
                "`customer.secret`",
                "`.`",
                "accepts_email_marketing..............."
            })
    void whatIsNoPathOfKnownFieldsIsNot(String said) {
        assertThat(Redaction.of(said, SENT)).isEqualTo("***");
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(parse(saying("no ".repeat(2000))).message()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void aValueThatIsLongerThanWhatIsShownIsHiddenToo() {
        String tags = "canary,".repeat(700);

        assertThat(ErrorBody.parse(saying("too long: " + tags), new Sent("{\"tags\":\"" + tags + "\"}", ""))
                        .message())
                .isEqualTo("too long: ***");
    }

    @Test
    void anAddressThatIsCutIsNotShownInHalf() {
        assertThat(parse(saying("no ".repeat(330) + "another.canary@example.com"))
                        .message())
                .startsWith("no ")
                .doesNotContain("another");
        assertThat(parse(saying("canary".repeat(200))).message()).isEmpty();
    }

    @Test
    void whatWasSentIsHiddenEvenIfItIsNotJson() {
        assertThat(Redaction.of("secret-x failed", new Sent("not json", "secret-x")))
                .isEqualTo("*** failed");
    }

    @Test
    void theSecretIsHiddenThoughItWasNotSent() {
        assertThat(Redaction.of("token of secret-x expired", new Sent("{}", "token-x", "secret-x")))
                .isEqualTo("token of *** expired");
    }

    @Test
    void spacesWithinAValueDoNotMatter() {
        assertThat(Redaction.of("at Am  Markt 1", new Sent("{\"address1\":\"Am\\n Markt 1\"}", "")))
                .isEqualTo("at ***");
    }

    @Test
    void emptyValuesHideNothing() {
        assertThat(Redaction.of("all is well", new Sent("{\"tags\":\"\",\"city\":\" \",\"company\":\"@home\"}", "")))
                .isEqualTo("all is well");
    }

    @Test
    void noTextOfItTellsWhatWasSent() {
        assertThat(SENT.toString()).isEqualTo("Sent[]");
        assertThat(Headers.reply(200, "zoe").toString()).isEqualTo("HttpReply[200]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zeb.qux%40example.com is taken",
                "zeb.qux (at) example.com is taken",
                "see /customers?email=zeb.qux%40example.com&name=Zoe%20Zebra",
                "name=Zoe+Zebra is taken",
                "another%40example.org",
                "WEISSZEBRA is bad",
                "the tag zebrafan is not allowed"
            })
    void whatWasSentIsHiddenInOtherFormsToo(String said) {
        Sent sent = new Sent(
                "{\"email\":\"zeb.qux@example.com\",\"first_name\":\"Zoe Zebra\",\"last_name\":\"Weißzebra\","
                        + "\"tags\":\"vip, zebrafan\"}",
                "");

        assertThat(Redaction.of(said, sent))
                .doesNotContain("zeb", "Zebra", "ZEBRA", "another")
                .contains("***");
    }
}
