package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

/** Spring AOT decides which beans there are when the host is built; properties are read when it runs. */
@ExtendWith(OutputCaptureExtension.class)
class DecidedAheadTest {

    private static final String CAPTURE = "yotpo.sync.outbox.capture";

    @Test
    void whatIsSwitchedOffWhenItRunsTakesNothingUp(CapturedOutput log) {
        whenItRuns("yotpo.sync.enabled", "false").run(context -> {
            context.publishEvent(new CustomerSaved(CustomerSnapshot.of("1").build()));

            assertThat(context.getBean(Outbox.class).find(new CustomerKey(StoreKey.DEFAULT, "1")))
                    .isEmpty();
            assertThat(log)
                    .containsOnlyOnce("Yotpo sync is inactive: yotpo.sync.enabled is false")
                    .doesNotContain("no store is configured");
        });
    }

    @Test
    void anotherWayInThanWasDecidedOnEndsTheStart() {
        whenItRuns(CAPTURE, "atomic")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageContaining(CAPTURE + " is atomic, but the application was built ahead of time"));
        whenItRuns(CAPTURE, "hand-over")
                .withPropertyValues(CAPTURE + "=atomic")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageContaining(CAPTURE + " is hand-over, but the application was built ahead of time"));
    }

    /** Conditions have been looked at by then, and no bean has been made. */
    private static ApplicationContextRunner whenItRuns(String property, String value) {
        return Hosts.withOneStore()
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("run time", Map.of(property, value)))));
    }
}
