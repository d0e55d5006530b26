package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.payload.CustomerProperty;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class MappingFixtureTest {

    private final CustomerSnapshot nobody = CustomerSnapshots.anonymous("7").build();
    private final CustomerSnapshot somebody = CustomerSnapshots.registered("7").build();

    @Test
    void customizersSpeakLast() {
        MappingFixture mapping =
                MappingFixture.standard((payload, customer, store) -> payload.set(CustomerProperty.TAGS, "gold"));

        assertThat(mapping.payload(somebody)).contains("\"tags\":\"gold\"");
    }

    @Test
    void saysWhyNothingIsSent() {
        assertThat(MappingFixture.standard().skipped(nobody)).isEqualTo(SkipReason.ANONYMOUS);
        assertThatThrownBy(() -> MappingFixture.standard().payload(nobody))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("customer 7 is not sent to store default: ANONYMOUS");
    }

    @Test
    void comparesWhatWouldBeSentWithAGoldenFile() {
        assertThatThrownBy(() -> MappingFixture.standard().assertMatches("yotpo/none.json", somebody))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("there is no golden file");
    }

    @Test
    void failsWhereSomethingWouldBeSent() {
        assertThatThrownBy(() -> MappingFixture.standard().skipped(somebody))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("is sent");
    }
}
