package io.yotposync.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerContractTest {

    @Test
    void acceptsACustomerWithEveryDocumentedProperty() {
        assertThat(problems("""
                        {"customer": {"external_id": "1", "email": "a@example.com", "first_name": "A", "last_name": "B",
                          "gender": "Other", "account_created_at": "2026-01-01T00:00:00Z",
                          "account_updated_at": "2026-01-01T00:00:00.123Z", "account_status": "enabled",
                          "default_language": "en", "default_currency": "USD", "tags": "vip,gold",
                          "address": {"address1": "1 Street", "address2": "", "city": "C", "company": "D", "state": "California",
                            "zip": "94000", "province_code": "CA", "country_code": "US", "phone_number": "+14155550100"},
                          "accepts_email_marketing": true, "accepts_sms_marketing": false,
                          "phone_number": "+14155550100", "custom_properties": {"a_b": "x", "n": 1.5, "f": true}}}
                        """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "null",
                "{}",
                "{\"customer\": []}",
                "{\"external_id\": \"1\"}",
                "{\"customer\": {\"external_id\": \"1\"}, \"customers\": []}",
                "{\"customer\": {\"external_id\": \"1\", \"external_id\": \"2\"}}",
                "{\"customer\": {\"external_id\": \"1\"}} {}"
            })
    void refusesABodyThatIsNotOneWrappedCustomer(String body) {
        assertThat(problems(body)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'first_name': 'A'",
                "'email': 'a@example.com', 'phone_number': '+14155550100'",
                "'external_id': null, 'email': 'a@example.com', 'phone_number': '+14155550100'",
                "'external_id': null, 'email': null"
            },
            quoteCharacter = '`')
    void refusesAWrongCombinationOfIdentifiers(String properties) {
        assertThat(problems(customer(properties))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'external_id': '1'",
                "'external_id': '1', 'email': 'a@example.com'",
                "'email': 'a@example.com'",
                "'phone_number': '+14155550100'",
                "'email': 'a@example.com', 'phone_number': null"
            },
            quoteCharacter = '`')
    void acceptsEachRightCombinationOfIdentifiers(String properties) {
        assertThat(problems(customer(properties))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'external_id': 1",
                "'external_id': ' '",
                "'email': 'nobody'",
                "'first_name': 7",
                "'gender': 'male'",
                "'account_created_at': '2026-01-01'",
                "'account_created_at': '2026-01-01T00:00:00+02:00'",
                "'account_updated_at': 1767225600",
                "'account_status': 'active'",
                "'default_language': 'en_US'",
                "'default_language': 'iw'",
                "'default_currency': 'eur'",
                "'tags': ['vip']",
                "'accepts_email_marketing': 'true'",
                "'accepts_sms_marketing': 0",
                "'phone_number': '0049 30 123456'",
                "'address': 'somewhere'",
                "'address': {'country_code': 'USA'}",
                "'address': {'country_code': 'XX'}",
                "'address': {'province_code': 'Cal'}",
                "'address': {'phone_number': '5550100'}",
                "'address': {'street': 'x'}",
                "'custom_properties': {'a b': 'x'}",
                "'custom_properties': {'a': null}",
                "'custom_properties': {'a': {}}",
                "'custom_properties': []",
                "'name': 'x'"
            },
            quoteCharacter = '`')
    void refusesAPropertyThatBreaksItsRule(String property) {
        String identified = property.startsWith("'external_id'") ? property : "'external_id': '1', " + property;

        assertThat(problems(customer(identified))).hasSize(1);
    }

    @Test
    void refusesTextThatIsTooLong() {
        String name = "x".repeat(256);

        assertThat(problems(customer("'external_id': '1', 'first_name': '" + name + "'")))
                .containsExactly("first_name must not be longer than 255 characters");
    }

    @Test
    void namesEveryProblemAndNeverAValue() {
        assertThat(problems(customer("'external_id': '1', 'gender': 'secret', 'email': 'secret'")))
                .hasSize(2)
                .noneMatch(problem -> problem.contains("secret"));
    }

    private static String customer(String properties) {
        return "{\"customer\": {" + properties.replace('\'', '"') + "}}";
    }

    private static List<String> problems(String body) {
        return CustomerContract.problems(Json.object(body));
    }
}
