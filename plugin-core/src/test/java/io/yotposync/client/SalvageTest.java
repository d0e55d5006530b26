package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalvageTest {

    private static final String BODY =
            "{\"customer\":{\"external_id\":\"1\",\"email\":\"a@b.example\",\"first_name\":\"Zoe\","
                    + "\"address\":{\"zip\":\"89073\",\"phone_number\":\"+49731\",\"country_code\":\"DE\"},"
                    + "\"custom_properties\":{\"vip\":true}}}";

    private static Refused refused(int status, @Nullable String field) {
        return new Refused(new Failure(FailureClass.VALIDATION, status, "it is wrong"), field);
    }

    private static Salvage salvage(String field) {
        return Objects.requireNonNull(Salvage.of(refused(400, field), BODY));
    }

    @ParameterizedTest
    @CsvSource({
        "first_name, first_name", "custom_properties, custom_properties", "address, address",
        "address.zip, address.zip", "phone_number, address.phone_number", "address.phone_number, address.phone_number",
        "address.country_code, address"
    })
    void leavesTheNamedFieldOut(String named, String left) {
        Salvage salvage = salvage(named);

        assertThat(salvage.left()).isEqualTo(left);
        assertThat(salvage.body()).contains("external_id", "email").hasSizeLessThan(BODY.length());
    }

    @Test
    void leavesOutNothingElse() {
        assertThat(salvage("first_name").body()).isEqualTo(BODY.replace("\"first_name\":\"Zoe\",", ""));
        assertThat(salvage("address.zip").body()).isEqualTo(BODY.replace("\"zip\":\"89073\",", ""));
        assertThat(salvage("custom_properties").body())
                .isEqualTo(BODY.replace(",\"custom_properties\":{\"vip\":true}", ""));
    }

    @Test
    void anAddressNeverGoesWithoutItsCountry() {
        assertThat(salvage("address.country_code").body()).doesNotContain("address", "89073");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external_id", "email", "last_name", "address.city", "unknown"})
    void neverLeavesOutAnIdentifierNorWhatIsNotThere(String field) {
        assertThat(Salvage.of(refused(400, field), BODY)).isNull();
    }

    @Test
    void aPhoneNumberOfTheCustomersOwnIsAnIdentifier() {
        String own = "{\"customer\":{\"phone_number\":\"+49731\",\"address\":{\"phone_number\":\"+49732\"}}}";

        assertThat(Salvage.of(refused(400, "phone_number"), own)).isNull();
    }

    @Test
    void onlyForRefusedValuesOfANamedField() {
        assertThat(Salvage.of(refused(422, "first_name"), BODY)).isNotNull();
        assertThat(Salvage.of(refused(409, "first_name"), BODY)).isNull();
        assertThat(Salvage.of(refused(400, null), BODY)).isNull();
    }

    @Test
    void aBodyOfAnotherFormIsLeftAlone() {
        assertThat(Salvage.of(refused(400, "first_name"), "not json")).isNull();
        assertThat(Salvage.of(refused(400, "first_name"), "{\"first_name\":\"Zoe\"}"))
                .isNull();
        assertThat(Salvage.of(refused(400, "address.zip"), "{\"customer\":{\"address\":\"x\"}}"))
                .isNull();
    }

    @Test
    void isAcceptedWithANoteAndAsWhatItWas() {
        Salvage salvage = salvage("first_name");

        Outcome outcome = salvage.judge(new Accepted(202));

        assertThat(outcome).isEqualTo(new Accepted(202, "without first_name: it is wrong", salvage.body()));
        assertThat(outcome.toString()).doesNotContain("customer");
    }

    @Test
    void isRefusedForTheFirstReason() {
        Refused second = new Refused(new Failure(FailureClass.VALIDATION, 400, "something else"), null);

        assertThat(salvage("first_name").judge(second)).isEqualTo(refused(400, "first_name"));
    }

    @Test
    void anOutageMeanwhileIsAnOutage() {
        Outcome outage = new Outage(new Failure(FailureClass.OUTAGE, 503, "down"));

        assertThat(salvage("first_name").judge(outage)).isEqualTo(outage);
    }

    @Test
    void itsTextTellsNothingOfTheCustomer() {
        assertThat(salvage("first_name")).hasToString("Salvage[without first_name]");
    }
}
