package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import org.junit.jupiter.api.Test;

class CustomerSnapshotsTest {

    @Test
    void aCompleteCustomerFillsEveryPropertyOfTheStandardMapping() {
        MappingFixture.standard()
                .assertMatches(
                        "golden/complete.json", CustomerSnapshots.complete("42").build());
    }

    @Test
    void aGuestIsKnownByEmailAlone() {
        MappingFixture.standard()
                .assertMatches(
                        "golden/guest.json", CustomerSnapshots.guest("42").build());
    }

    @Test
    void aDeactivatedCustomerIsDisabled() {
        String payload = MappingFixture.standard()
                .payload(CustomerSnapshots.deactivated("42").build());

        assertThat(payload).contains("\"account_status\":\"disabled\"");
    }

    @Test
    void valuesAreTheSameEachTimeAndDifferPerCustomer() {
        CustomerSnapshot one = CustomerSnapshots.complete("1").build();

        assertThat(CustomerSnapshots.complete("1").build()).isEqualTo(one);
        assertThat(CustomerSnapshots.complete("2").build().email())
                .isNotEqualTo(one.email())
                .endsWith("@example.com");
    }
}
