package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A shop with a customer of its own names a path and says nothing by it. */
@ExtendWith(OutputCaptureExtension.class)
class UnsaidPathsTest {

    private static final String WARNING = "customers that were published has a value for [number]";

    private final UnsaidPaths paths = new UnsaidPaths(Set.of("number"));

    @Test
    void isWarnedOfOnce(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.defaults.identifier.external-id=number", "yotpo.sync.defaults.consent.sms=texts")
                .run(context -> {
                    assertThat(context).hasSingleBean(CustomerSync.class);
                    for (int i = 0; i < 3 * UnsaidPaths.ENOUGH; i++) {
                        context.publishEvent(new CustomerSaved(
                                customer(i).property("texts", "true").build()));
                    }
                });

        assertThat(log).containsOnlyOnce(WARNING);
    }

    @Test
    void isNotWarnedOfWhereOneCustomerHasIt(CapturedOutput log) {
        paths.look(customer(0).property("number", "K-1").build());
        lookAt(customer(1).build());

        assertThat(log).doesNotContain(WARNING);
    }

    @Test
    void isNotWarnedOfForGuestsAndWhatCouldNotBeRead(CapturedOutput log) {
        lookAt(customer(1).registered(false).build());
        lookAt(customer(1).partial(true).build());

        assertThat(log).doesNotContain(WARNING);
    }

    private void lookAt(CustomerSnapshot customer) {
        for (int i = 0; i < 2 * UnsaidPaths.ENOUGH; i++) {
            paths.look(customer);
        }
    }

    private static CustomerSnapshot.Builder customer(int id) {
        return CustomerSnapshot.of("c" + id).email("a@example.com");
    }
}
