package io.yotposync.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldPrintsTest {

    private static final CustomerKey ONE = new CustomerKey(StoreKey.DEFAULT, "1");
    private static final String FULL = "{\"customer\":{\"external_id\":\"1\",\"email\":\"A@example.com\","
            + "\"first_name\":\"A\",\"account_created_at\":\"2026-01-01T00:00:00Z\","
            + "\"account_updated_at\":\"2026-01-02T00:00:00Z\",\"accepts_email_marketing\":true,"
            + "\"address\":{\"city\":\"Berlin\",\"country_code\":\"DE\"},\"custom_properties\":{\"b\":1,\"a\":\"x\"}}}";

    private final FieldPrints prints = prints("secret");

    private static FieldPrints prints(String secret) {
        return new FieldPrints(List.of(StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", secret))));
    }

    @Test
    void namesWhatWasAddedChangedAndBlanked() {
        String before = prints.of(ONE, FULL);
        String now = FULL.replace("\"first_name\":\"A\"", "\"last_name\":\"B\"").replace("Berlin", "Hamburg");

        FieldChanges changes = Objects.requireNonNull(prints.changes(ONE, before, now));

        assertThat(changes.added()).containsExactly("last_name");
        assertThat(changes.blanked()).containsExactly("first_name");
        assertThat(changes.changed()).containsExactly("address.city");
        assertThat(changes.changesConsent()).isFalse();
        assertThat(FieldPrints.fields(before)).contains("email", "address.country_code", "custom_properties");
    }

    @Test
    void whoTheCustomerWasIsRememberedWhateverIsToldLater() {
        String bare = "{\"customer\":{\"external_id\":\"1\"}}";
        String before = prints.of(ONE, FULL);

        String after = prints.of(ONE, bare, prints.of(ONE, bare, before));

        assertThat(FieldPrints.had(before, FieldPrints.PERSON)).isTrue();
        assertThat(FieldPrints.had(after, FieldPrints.PERSON)).isTrue();
        assertThat(FieldPrints.had(prints("other").of(ONE, bare, before), FieldPrints.PERSON))
                .isTrue();
        assertThat(FieldPrints.had(prints.of(ONE, bare, null), FieldPrints.PERSON))
                .isFalse();
        assertThat(FieldPrints.fields(after)).containsExactly("external_id");
        assertThat(prints.changes(ONE, after, bare)).isEqualTo(new FieldChanges(Set.of(), Set.of(), Set.of()));
        assertThat(prints.hadOwnId(ONE, after)).isTrue();
        assertThat(prints.of(ONE, FULL, after)).isEqualTo(before);
        assertThat(prints.of(ONE, FULL, null)).isEqualTo(before);
    }

    @Test
    void theUpdateTimeIsNoDifference() {
        assertThat(prints.changes(ONE, prints.of(ONE, FULL), FULL.replace("01-02", "01-09")))
                .isEqualTo(new FieldChanges(Set.of(), Set.of(), Set.of()));
    }

    @Test
    void aChangedMomentOrCustomPropertyIsNoticed() {
        String now = FULL.replace("2026-01-01", "2026-01-03").replace("\"a\":\"x\"", "\"a\":\"y\"");

        FieldChanges changes = Objects.requireNonNull(prints.changes(ONE, prints.of(ONE, FULL), now));

        assertThat(changes)
                .isEqualTo(new FieldChanges(Set.of(), Set.of("account_created_at", "custom_properties"), Set.of()));
        assertThat(changes.isEmpty()).isFalse();
    }

    @Test
    void aChangedConsentIsNoticed() {
        FieldChanges changes = Objects.requireNonNull(
                prints.changes(ONE, prints.of(ONE, FULL), FULL.replace("marketing\":true", "marketing\":false")));

        assertThat(changes.changesConsent()).isTrue();
    }

    @Test
    void keepsNoValueAndLooksDifferentForEveryCustomer() {
        String kept = Objects.requireNonNull(prints.of(ONE, FULL));

        assertThat(kept).doesNotContain("example", "Berlin").hasSizeLessThanOrEqualTo(250);
        assertThat(prints.of(new CustomerKey(StoreKey.DEFAULT, "2"), FULL)).isNotEqualTo(kept);
        assertThat(prints.had(ONE, kept, "external_id", "1")).isTrue();
        assertThat(prints.had(ONE, kept, "external_id", "2")).isFalse();
    }

    @Test
    void noValueIsComparedAcrossSecretsOrOfOtherStores() {
        String kept = prints.of(ONE, FULL);

        assertThat(prints("other").changes(ONE, kept, FULL)).isNull();
        assertThat(prints("other").had(ONE, kept, "external_id", "1")).isFalse();
        assertThat(prints.changes(ONE, null, FULL)).isNull();
        assertThat(prints.of(ONE, "no JSON")).isNull();
        assertThat(prints.of(new CustomerKey(new StoreKey("eu"), "1"), FULL)).isNull();
    }

    @Test
    void afterAChangeOfTheSecretItIsStillKnownWhichFieldsThereWereAndWhetherTheIdWasTheHostsOwn() {
        CustomerKey two = new CustomerKey(StoreKey.DEFAULT, "2");

        assertThat(FieldPrints.fields(prints.of(ONE, FULL))).contains("external_id", "email", "address.city");
        assertThat(prints("other").hadOwnId(ONE, prints.of(ONE, FULL))).isTrue();
        assertThat(prints("other").hadOwnId(two, prints.of(two, FULL))).isFalse();
        assertThat(prints.hadOwnId(ONE, null)).isFalse();
    }

    @Test
    void whatWasKeptBeforeThereWasAMarkTellsTheHostsOwnIdByItsValue() {
        String kept = Objects.requireNonNull(prints.of(ONE, FULL));
        String unmarked = kept.substring(0, kept.indexOf('~'));

        assertThat(prints.hadOwnId(ONE, unmarked)).isTrue();
        assertThat(prints("other").hadOwnId(ONE, unmarked)).isFalse();
    }

    @Test
    void everyFieldHasItsPlaceAndFits() {
        StringBuilder all = new StringBuilder("{\"customer\":{");
        for (CustomerProperty property : CustomerProperty.values()) {
            all.append('"').append(property.wireName()).append("\":\"x\",");
        }
        all.append("\"address\":{");
        for (AddressProperty property : AddressProperty.values()) {
            all.append('"').append(property.wireName()).append("\":\"x\",");
        }
        String body =
                all.append("\"none\":1},\"custom_properties\":{\"a\":1}}}").toString();

        String kept = Objects.requireNonNull(prints.of(ONE, body));

        assertThat(kept.length()).isLessThanOrEqualTo(250);
        assertThat(FieldPrints.fields(kept))
                .hasSize(CustomerProperty.values().length + AddressProperty.values().length);
    }

    @Test
    void whatYotpoShowsOtherwiseWrittenIsNoDrift() throws Exception {
        JsonNode shown = new ObjectMapper()
                .readTree(FULL.replace("A@example.com", "a@EXAMPLE.com")
                        .replace("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00")
                        .replace("\"first_name\":\"A\"", "\"first_name\":null,\"tags\":\"theirs\""))
                .path("customer");

        FieldChanges drift = Objects.requireNonNull(prints.drift(ONE, prints.of(ONE, FULL), shown));

        assertThat(drift.all()).isEqualTo(Set.of("first_name"));
        assertThat(drift.without(Set.of("first_name")).isEmpty()).isTrue();
    }
}
